import { EventEmitter, once } from 'node:events'
import pg from 'pg'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { DatabaseUnavailable } from './database-pool.ts'

/** An event that PostgreSQL's NOTIFY sends to every process. Processes also poll, because a notification may be missed. */
export type Notification =
  /** Kind of notification: a run waits in the queue, and a worker may claim it. */
  | { readonly kind: 'queued' }
  /** Kind of notification: a run has new events or another status. */
  | { readonly kind: 'run'; readonly runId: string }
  /** Kind of notification: a client requests the cancellation of a run. */
  | { readonly kind: 'cancel'; readonly runId: string }

const channel = 'hadal'
const retryMs = 500
const heartbeatMs = 10_000
const heartbeatTimeoutMs = 5_000
/**
 * Timeout in milliseconds of each reconnection during `reconnectForMs` after a connection was lost. After a failover the address may still resolve
 * to a lost server, and other instances judge this process dead if it is missing for long.
 */
const reconnectTimeoutMs = 1_000
const reconnectForMs = 10_000

/** SQL statement that notifies every process. In a transaction, the notification is sent at the commit. */
export const notifyQuery = `SELECT pg_notify('${channel}', $1::text)`
export const notifyPayload = (notification: Notification): string =>
  notification.kind === 'queued' ? 'queued' : `${notification.kind}:${notification.runId}`

/** Callbacks during the life of the connection that listens for notifications of the database. */
export interface ListenerSession {
  /** Called on each new listening connection, before it is used. After a rejection the connection is closed and made again. */
  begin(client: pg.Client): Promise<void>
  /** Called when the listening connection is lost. */
  lost(): void
  /** Called on the listening connection before this process closes the connection at its shutdown. */
  end(client: pg.Client): Promise<void>
}

/**
 * The direct connection on which a process listens for notifications. It reconnects after a loss and then wakes every subscriber, since
 * notifications may have been missed.
 */
export class Notifications {
  readonly #connection: ReturnType<typeof databaseConnection>
  readonly #applicationName: string
  readonly #onTrouble: (error: unknown) => void
  readonly #session: ListenerSession | undefined
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  readonly #stopped = new AbortController()
  #loop: Promise<void> | undefined

  /** @param tls TLS settings of the connection; default: the TLS parameters of the address */
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

  /** Resolves when the connection listens for notifications for the first time; rejects if the database is unavailable. */
  async start(): Promise<void> {
    const first = await this.#listen()
    this.#loop = this.#keepListening(first)
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#loop
  }

  /**
   * Calls `wake` at each notification of the kind (of the given run only, if one is given), and after a reconnection.
   *
   * @returns function that ends the subscription
   */
  subscribe(notification: Notification, wake: () => void): () => void {
    const name = notifyPayload(notification)
    this.#emitter.on(name, wake)
    this.#emitter.on('missed', wake)
    return () => {
      this.#emitter.off(name, wake)
      this.#emitter.off('missed', wake)
    }
  }

  /**
   * Calls `wake` with the id of each run that a client cancels.
   *
   * @returns function that ends the subscription
   */
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
      // A connection that was open for a while is replaced at once: other instances judge this process dead if it is missing for long.
      const waitMs = Math.max(triedAt + retryMs - performance.now(), 0)
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }

  /** Rejects when the listening connection is lost. A half-open connection reports no error until a query fails, so it is queried regularly. */
  async #untilBroken(client: pg.Client): Promise<void> {
    const over = new AbortController()
    const ended = once(client, 'end', { signal: AbortSignal.any([this.#stopped.signal, over.signal]) }).then(() => {
      throw new Error('The connection that listens for notifications of the database was closed.')
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
