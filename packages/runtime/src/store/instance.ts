import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { ListenerSession } from './notifications.ts'
import { endInstance, registerInstance } from './queries/instances.ts'
import type { ClosedAttempt } from './queries/run-attempts.ts'
import type { Queryable } from './transaction.ts'

/**
 * The server closes a session whose client answers no more after 3 + 3 × 2 = 9 s, just below a lease: a lost node closes nothing itself. Where
 * the system has no such settings, PostgreSQL logs it and goes on.
 */
const cutSilentSessions = `
  SET tcp_keepalives_idle = '3s';
  SET tcp_keepalives_interval = '2s';
  SET tcp_keepalives_count = 3;
  SET tcp_user_timeout = '9s'`

interface InstanceEvents {
  /** Hears of attempts of this process that another process had taken for dead. */
  readonly onRevived: (attempts: readonly ClosedAttempt[]) => void
  /** Hears that a pooler is between process and server, so that the process can't register. */
  readonly onPooler: () => void
}

/**
 * This process as others see it: a row, and an advisory lock on its listening connection. The lock is free as soon as the session is over,
 * which is the witness that others have of the end of this process.
 */
export class Instance implements ListenerSession, Queryable {
  readonly instanceId = randomUUID()
  readonly #tenant: string
  readonly #events: InstanceEvents
  #client: pg.Client | undefined
  #registered = false
  #behindPooler = false

  constructor(tenant: string, events: InstanceEvents) {
    this.#tenant = tenant
    this.#events = events
  }

  /** Whether a pooler is in between, so that others never see whether this process lives. */
  get behindPooler(): boolean {
    return this.#behindPooler
  }

  async begin(client: pg.Client): Promise<void> {
    this.#client = undefined
    this.#registered = false
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    // A pooler gives a number of its own, and its server connections outlive this process.
    this.#behindPooler = rows[0]?.pid !== backendOf(client)
    if (this.#behindPooler) return this.#events.onPooler()
    await client.query(cutSilentSessions)
    // A new key each time: a session of this process that the server has not yet given up may still hold the one before.
    const lockKey = (randomBytes(8).readBigInt64BE() & 0x7fff_ffff_ffff_ffffn).toString()
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    const revived = await registerInstance(client, { instanceId: this.instanceId, lockKey, tenant: this.#tenant })
    this.#client = client
    this.#registered = true
    if (revived.length > 0) this.#events.onRevived(revived)
  }

  lost(): void {
    this.#client = undefined
  }

  async end(client: pg.Client): Promise<void> {
    if (this.#registered) await endInstance(client, this.instanceId)
  }

  /** Asks on the listening connection, which no run's work keeps busy. */
  async query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    if (!this.#client) throw new Error('this process is not registered in the database')
    return this.#client.query<Row>(text, values)
  }
}

/** `pg` does not declare it in its types. */
const backendOf = (client: object): unknown => ('processID' in client ? client.processID : undefined)
