import { EventEmitter, once } from 'node:events'
import { within } from '@hadal/middleware/within'
import pg from 'pg'
import { backendOf } from './backend-of.ts'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { DatabaseUnavailable } from './database-pool.ts'
import { NotificationSender } from './notification-sender.ts'
import { queriesInTurn } from './queries-in-turn.ts'
import type { Queryable } from './transaction.ts'

/** An event that PostgreSQL's NOTIFY sends to every process. Processes also poll, because a notification may be missed. */
export type Notification =
  /** Kind of notification: a run waits in the queue, and a worker may claim it. */
  | { readonly kind: 'queued' }
  /** Kind of notification: a run has new events or another status. */
  | { readonly kind: 'run'; readonly runId: string }
  /** Kind of notification: a run is over, or no longer exists. Servers of the release before neither send nor know it. */
  | { readonly kind: 'ended'; readonly runId: string }
  /**
   * Kind of notification: a run of the thread has started, a client wrote the thread's state, or the thread no longer exists. Servers of the release
   * before neither send nor know it.
   */
  | { readonly kind: 'thread'; readonly threadId: string }
  /** Kind of notification: a client requests the cancellation of a run. */
  | { readonly kind: 'cancel'; readonly runId: string }
  /** Kind of notification: an API key was made, replaced or revoked. Servers of the release before neither send nor know it. */
  | { readonly kind: 'keys' }

const kinds: ReadonlySet<string> = new Set<Notification['kind']>(['queued', 'run', 'ended', 'thread', 'cancel', 'keys'])
/** Channel of the notifications of all servers and commands. */
export const channel = 'hadal'
const retryMs = 500
const heartbeatMs = 10_000
const heartbeatTimeoutMs = 5_000
/**
 * Timeout in milliseconds of each reconnection during `reconnectForMs` after a connection was lost. After a failover the address may still resolve
 * to a lost server, and other instances judge this process dead if it is missing for long.
 */
const reconnectTimeoutMs = 1_000
const reconnectForMs = 10_000

/** Maximum time in milliseconds for which the end of the process waits until its last notifications are sent. */
const flushWithinMs = 1_000

/**
 * SQL statement that notifies every process, with the payloads as one array. Its transaction writes nothing else, so its commit need not wait for the
 * disk.
 */
export const notifyQuery = `SELECT pg_notify('${channel}', payload) FROM unnest($1::text[]) AS payload, set_config('synchronous_commit', 'off', true)`
export function notifyPayload(notification: Notification): string {
  if (notification.kind === 'queued' || notification.kind === 'keys') return notification.kind
  return `${notification.kind}:${notification.kind === 'thread' ? notification.threadId : notification.runId}`
}

export interface ThreadsListener {
  /** Called if a run of the thread has started, its state was written by a client, or the thread no longer exists. */
  readonly changed: (threadId: string) => void
  /** Called if notifications of any thread may have been missed. */
  readonly missed: () => void
}

/** Callbacks during the life of the connection that listens for notifications of the database. */
export interface ListenerSession {
  /** Called on each new listening connection, before it is used. After a rejection the connection is closed and made again. */
  begin(client: pg.Client): Promise<void>
  /** Called when the listening connection is lost. */
  lost(): void
  /** Called on the listening connection before this process closes the connection at its shutdown. */
  end(client: pg.Client): Promise<void>
}

export interface RunsListener {
  /** Called if a run has new events or another status. */
  readonly changed: (runId: string) => void
  /** Called if a run is over, or no longer exists. */
  readonly ended: (runId: string) => void
  /** Called if notifications of any run may have been missed. */
  readonly missed: () => void
}

export interface NotificationsOptions {
  /** Address of the database, without a connection pooler between. */
  readonly url: string
  readonly applicationName: string
  /** Called with the error after which the connection is made again. */
  readonly onTrouble: (error: unknown) => void
  /** Called with the last error when notifications could not be sent and were dropped. */
  readonly onDropped?: (error: unknown) => void
  /** TLS settings of the connection; default: the TLS parameters of the address. */
  readonly tls?: VerifiedTls | undefined
  readonly session?: ListenerSession | undefined
  /** Sends notifications while the listening connection is not open. Default: notifications are dropped then. */
  readonly pool?: Queryable
}

/**
 * The notifications of a process: sends its own, and listens for those of other processes on a direct connection. It reconnects after a loss and then
 * wakes every subscriber, since notifications may have been missed.
 */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #connection: ReturnType<typeof databaseConnection>
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  readonly #stopped = new AbortController()
  readonly #sender: NotificationSender
  #client: pg.Client | undefined
  /** Returns the time of the last answer on the newest listening connection. */
  #answeredAt: () => number = () => 0
  #loop: Promise<void> | undefined

  constructor(options: NotificationsOptions) {
    this.#options = options
    this.#connection = databaseConnection(options.url, options.tls)
    this.#sender = new NotificationSender(
      (payloads) => this.#execute(payloads),
      (error) => options.onDropped?.(error),
    )
  }

  /** Resolves when the connection listens for notifications for the first time; rejects if the database is unavailable. */
  async start(): Promise<void> {
    const first = await this.#listen()
    this.#loop = this.#keepListening(first)
  }

  /** Sends the notifications that wait, and then closes the listening connection. */
  async stop(): Promise<void> {
    await within(this.#sender.flush(), flushWithinMs)
    this.#stopped.abort()
    await this.#loop
  }

  /**
   * Notifies the subscribers of every process. Call it after the commit of the change: the subscribers of this process look at once, the others as
   * soon as the database has passed the notification on.
   */
  send(...notifications: readonly Notification[]): void {
    for (const notification of notifications) {
      const payload = notifyPayload(notification)
      this.#wake(payload)
      // A run has new events many times a second, so these notifications are gathered.
      this.#sender.push(payload, notification.kind !== 'run')
    }
  }

  async #execute(payloads: readonly string[]): Promise<void> {
    // The pool's connections may all be in use by runs; the listening connection is free.
    const database: Queryable | undefined = this.#client ?? this.#options.pool
    await database?.query(notifyQuery, [payloads])
  }

  #wake(payload: string): void {
    const [kind = '', id] = payload.split(':')
    // Servers of a later release may send other kinds.
    if (kinds.has(kind)) this.#emitter.emit(kind, id)
  }

  /**
   * Calls `wake` at each notification that a run is in the queue, and after a reconnection.
   *
   * @returns function that ends the subscription
   */
  subscribe(notification: Extract<Notification, { kind: 'queued' }>, wake: () => void): () => void {
    this.#emitter.on(notification.kind, wake)
    this.#emitter.on('missed', wake)
    return () => {
      this.#emitter.off(notification.kind, wake)
      this.#emitter.off('missed', wake)
    }
  }

  /** Calls the listener's functions at each notification of a run, and after a reconnection. */
  onRuns(listener: RunsListener): void {
    this.#emitter.on('run', listener.changed)
    this.#emitter.on('ended', listener.ended)
    this.#emitter.on('missed', listener.missed)
  }

  /** Calls the listener's functions at each notification of a thread, and after a reconnection. */
  onThreads(listener: ThreadsListener): void {
    this.#emitter.on('thread', listener.changed)
    this.#emitter.on('missed', listener.missed)
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

  /** Calls `changed` at each notification that an API key has changed, and after a reconnection. */
  onKeys(changed: () => void): void {
    this.#emitter.on('keys', changed)
    this.#emitter.on('missed', changed)
  }

  /** Whether the listening connection is open, as far as this process knows. Notifications are missed while it is not. */
  get listening(): boolean {
    return this.#client !== undefined
  }

  async #listen(connectionTimeoutMillis = heartbeatTimeoutMs): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#connection,
      application_name: `${this.#options.applicationName} listener`,
      connectionTimeoutMillis,
      query_timeout: heartbeatTimeoutMs,
      keepAlive: true,
    })
    this.#answeredAt = queriesInTurn(client)
    client.on('error', () => {})
    client.on('notification', ({ payload = '', processId }) => {
      // The subscribers of this process were woken when it sent the notification.
      if (processId !== backendOf(client)) this.#wake(payload)
    })
    try {
      await client.connect().catch((error: Error) => {
        throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
      })
      await client.query(`LISTEN ${channel}`)
      await this.#options.session?.begin(client)
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
        this.#client = client
        this.#emitter.emit('missed')
        await this.#untilBroken(client)
      } catch (error) {
        this.#client = undefined
        if (!signal.aborted) this.#options.onTrouble(error)
      }
      if (client && signal.aborted) await this.#options.session?.end(client).catch(this.#options.onTrouble)
      if (client) lostAt = performance.now()
      this.#options.session?.lost()
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
    const beat = setInterval(() => {
      // A process that executes runs queries the connection every second.
      if (performance.now() - this.#answeredAt() < heartbeatMs) return
      client.query('SELECT 1').catch(() => client.end())
    }, heartbeatMs)
    try {
      await ended
    } finally {
      clearInterval(beat)
      over.abort()
    }
  }
}
