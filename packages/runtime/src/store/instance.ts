import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { backendOf } from './backend-of.ts'
import type { ListenerSession } from './notifications.ts'
import { endInstance, registerInstance } from './queries/instances.ts'
import type { ClosedAttempt } from './queries/run-attempts.ts'
import type { Queryable } from './transaction.ts'

/**
 * Session settings that make the database close the session of an unresponsive client after 3 + 3 × 2 = 9 s, just below the lease of 10 s: a lost
 * node closes no connection itself. PostgreSQL logs a warning on systems without these settings.
 */
const cutSilentSessions = `
  SET tcp_keepalives_idle = '3s';
  SET tcp_keepalives_interval = '2s';
  SET tcp_keepalives_count = 3;
  SET tcp_user_timeout = '9s'`

interface InstanceEvents {
  /** Called with the attempts of this process that another process had wrongly closed as `process_died`. */
  readonly onRevived: (attempts: readonly ClosedAttempt[]) => void
  /** Called if a connection pooler (such as PgBouncer) is between process and database, so that the process can't register as an instance. */
  readonly onPooler: () => void
}

/**
 * Registers this process as an instance: a row of `hadal.instance`, and an advisory lock on the listening connection. The lock is released when the
 * session ends, which shows the other instances that this process has died.
 */
export class Instance implements ListenerSession, Queryable {
  readonly instanceId = randomUUID()
  readonly #events: InstanceEvents
  #client: pg.Client | undefined
  #registered = false
  #behindPooler = false

  constructor(events: InstanceEvents) {
    this.#events = events
  }

  /**
   * Whether a connection pooler (such as PgBouncer) is between process and database, so that other instances can't see whether this process lives.
   */
  get behindPooler(): boolean {
    return this.#behindPooler
  }

  async begin(client: pg.Client): Promise<void> {
    this.#client = undefined
    this.#registered = false
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    // A pooler reports its own backend id, and its server connections outlive this process.
    this.#behindPooler = rows[0]?.pid !== backendOf(client)
    if (this.#behindPooler) return this.#events.onPooler()
    await client.query(cutSilentSessions)
    // The key is new for each session: an old session that the database has not closed yet may still hold the old key.
    const lockKey = (randomBytes(8).readBigInt64BE() & 0x7fff_ffff_ffff_ffffn).toString()
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    const revived = await registerInstance(client, { instanceId: this.instanceId, lockKey })
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

  /** Runs a query on the listening connection, which the work of runs never occupies. */
  async query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    if (!this.#client) {
      throw new Error(
        'The direct connection to the database is lost, so deaths of other instances can’t be detected. The process reconnects by itself.',
      )
    }
    return this.#client.query<Row>(text, values)
  }
}
