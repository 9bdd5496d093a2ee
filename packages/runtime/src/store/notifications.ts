import { EventEmitter, once } from 'node:events'
import pg from 'pg'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { DatabaseUnavailable } from './database-pool.ts'

/** What a process is told at once instead of when it next looks. Everything is found by looking, too: a notification may be missed. */
export type Notification =
  /** A run may be claimed. */
  | { readonly kind: 'queued' }
  /** A run has new events, or another status. */
  | { readonly kind: 'run'; readonly runId: string }
  /** Somebody asked for a run's end. */
  | { readonly kind: 'cancel'; readonly runId: string }

const channel = 'hadal'
const retryMs = 500
const heartbeatMs = 10_000
const heartbeatTimeoutMs = 5_000
/**
 * How long one try to connect again may take, in milliseconds, in the first time after a connection was lost. After a failover the address may still lead
 * to a server that is gone, and others take a long absence of this process for its death.
 */
const reconnectTimeoutMs = 1_000
const reconnectForMs = 10_000

/** The statement that tells every process; inside a transaction it is told at the commit. */
export const notifyQuery = `SELECT pg_notify('${channel}', $1::text)`
export const notifyPayload = (notification: Notification): string =>
  notification.kind === 'queued' ? 'queued' : `${notification.kind}:${notification.runId}`

/** What else the listening connection is for, from when it is made until it is lost. */
export interface ListenerSession {
  /** Called on each new connection, before it counts as listening. A rejection closes the connection, and it is made again. */
  begin(client: pg.Client): Promise<void>
  /** The connection is lost. */
  lost(): void
  /** Called on the connection before this process closes it in an orderly way. */
  end(client: pg.Client): Promise<void>
}

/**
 * The one direct connection that listens. It connects again when it breaks, and then wakes everybody, since something may have been missed.
 */
export class Notifications {
  readonly #connection: ReturnType<typeof databaseConnection>
  readonly #applicationName: string
  readonly #onTrouble: (error: unknown) => void
  readonly #session: ListenerSession | undefined
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  readonly #stopped = new AbortController()
  #loop: Promise<void> | undefined

  /** @param tls without it, as the address says */
  constructor(
    url: string,
    applicationName: string,
    onTrouble: (error: unknown) => void,
    tls?: VerifiedTls,
    session?: ListenerSession,
  ) {
    this.#connection = databaseConnection(url, tls)
    this.#applicationName = applicationName
    this.#onTrouble = onTrouble
    this.#session = session
  }

  /** Resolves when it listens for the first time; rejects if the database is away. */
  async start(): Promise<void> {
    const first = await this.#listen()
    this.#loop = this.#keepListening(first)
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
  }

  /** Calls `wake` at each notification of the kind (and run), and whenever some may have been missed. Returns what ends it. */
  subscribe(notification: Notification, wake: () => void): () => void {
    const name = notifyPayload(notification)
    this.#emitter.on(name, wake)
    this.#emitter.on('missed', wake)
    return () => {
      this.#emitter.off(name, wake)
      this.#emitter.off('missed', wake)
    }
  }

  /** Calls `wake` with the run whose end somebody asks for. */
  onCancel(wake: (runId: string) => void): () => void {
    this.#emitter.on('cancel', wake)
    return () => this.#emitter.off('cancel', wake)
  }

  async #listen(connectionTimeoutMillis = heartbeatTimeoutMs): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#connection,
      application_name: `${this.#applicationName} listener`,
      connectionTimeoutMillis,
      query_timeout: heartbeatTimeoutMs,
      keepAlive: true,
    })
    client.on('error', () => {})
    client.on('notification', ({ payload = '' }) => {
      this.#emitter.emit(payload)
      if (payload.startsWith('cancel:')) this.#emitter.emit('cancel', payload.slice('cancel:'.length))
    })
    try {
      await client.connect().catch((error: Error) => {
        throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
      })
      await client.query(`LISTEN ${channel}`)
      await this.#session?.begin(client)
      return client
    } catch (error) {
      void client.end().catch(() => {})
      throw error
    }
  }

  async #keepListening(first: pg.Client): Promise<void> {
    let client: pg.Client | undefined = first
    let lostAt = 0
    const { signal } = this.#stopped
    while (!signal.aborted) {
      const triedAt = performance.now()
      try {
        client ??= await this.#listen(triedAt - lostAt < reconnectForMs ? reconnectTimeoutMs : heartbeatTimeoutMs)
        this.#emitter.emit('missed')
        await this.#untilBroken(client)
      } catch (error) {
        if (!signal.aborted) this.#onTrouble(error)
      }
      if (client && signal.aborted) await this.#session?.end(client).catch(this.#onTrouble)
      if (client) lostAt = performance.now()
      this.#session?.lost()
      void client?.end().catch(() => {})
      client = undefined
      // A connection that held for a while is made again at once: others take a long absence of this process for its death.
      const waitMs = Math.max(triedAt + retryMs - performance.now(), 0)
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }

  /** A half-open connection looks alive until it is asked. */
  async #untilBroken(client: pg.Client): Promise<void> {
    const over = new AbortController()
    const ended = once(client, 'end', { signal: AbortSignal.any([this.#stopped.signal, over.signal]) }).then(() => {
      throw new Error('the listening connection ended')
    })
    const beat = setInterval(() => client.query('SELECT 1').catch(() => client.end()), heartbeatMs)
    try {
      await ended
    } finally {
      clearInterval(beat)
      over.abort()
    }
  }
}
