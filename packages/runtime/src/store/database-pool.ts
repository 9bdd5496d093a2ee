import pg from 'pg'
import { columnTypes } from './column-types.ts'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { PreparedStatements } from './prepared-statements.ts'
import type { Seals } from './sealing/seals.ts'

/** Settings of a process's connection pool: the five pool settings of the production guide, and timeouts. */
export interface PoolSettings {
  readonly connectionString: string
  /** TLS settings of the pool's connections. Default: the TLS parameters of the connection string. */
  readonly tls?: VerifiedTls
  /** Number of database connections that the pool keeps open while they are idle. */
  readonly size: number
  /** Maximum number of additional database connections of the pool under load. */
  readonly overflow: number
  readonly timeoutSeconds: number
  readonly recycleSeconds: number
  readonly prePing: boolean
  readonly statementTimeoutSeconds: number
  readonly applicationName: string
  /** Prepared statements of the pool's connections. Default: no statement is prepared. */
  readonly prepared?: PreparedStatements
  /** Encryption of what agents store. Default: nothing is encrypted, and encrypted rows can't be read. */
  readonly seals?: Seals | undefined
}

/**
 * Minimum idle time in milliseconds after which a connection is pinged before use. A shorter-idle connection that broke has usually reported it on
 * its socket.
 */
const pingAfterIdleMs = 1_000
const pingTimeoutMs = 2_000

/** Thrown if no pooled connection became free in time, or if the database can't be reached. */
export class DatabaseUnavailable extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

type Query = pg.Client['query']
type QueryCallback = (error: unknown, result?: pg.QueryResult) => void

/**
 * Returns the class of a pool's clients. A client prepares statements that are used often, and closes its connection after a statement timeout,
 * because the server may still answer that statement later.
 */
function clientWith(prepared: PreparedStatements, seals: Seals | undefined): typeof pg.Client {
  return class extends pg.Client {
    readonly seals = seals
    // The pool does not listen for errors of a connection that is in use, and an 'error' event without a listener ends the process.
    constructor(config?: string | pg.ClientConfig) {
      super(config)
      this.on('error', () => {})
      const query: Query = this.query.bind(this)
      const execute = (statement: pg.QueryConfig): Promise<pg.QueryResult> => query(statement)
      const closeIfLate = (error: unknown): void => {
        if (error instanceof Error && error.message === 'Query read timeout') void this.end().catch(() => {})
      }
      Object.defineProperty(this, 'query', {
        configurable: true,
        value: (...args: Parameters<Query>) => {
          const [text, values, callback]: readonly unknown[] = args
          const result: unknown =
            typeof text === 'string' && Array.isArray(values) && values.length > 0
              ? prepared.execute(execute, text, values)
              : query(...args)
          if (!(result instanceof Promise)) return result
          result.catch(closeIfLate)
          if (!isCallback(callback)) return result
          result.then(
            (rows: pg.QueryResult) => callback(undefined, rows),
            (error: unknown) => callback(error),
          )
        },
      })
    }
  }
}

const isCallback = (value: unknown): value is QueryCallback => typeof value === 'function'

type Done = (release?: boolean | Error) => void
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void

/**
 * The only connection pool of a process; the queue and the checkpointer also use it. It holds at most size + overflow connections, pings an idle
 * connection before it lends it, and replaces broken connections.
 */
export class DatabasePool extends pg.Pool {
  readonly #settings: PoolSettings
  readonly #idleSince = new WeakMap<object, number>()
  readonly seals: Seals | undefined

  constructor(settings: PoolSettings, onError: (error: Error) => void) {
    super({
      ...databaseConnection(settings.connectionString, settings.tls),
      Client: clientWith(settings.prepared ?? new PreparedStatements(), settings.seals),
      types: columnTypes,
      max: settings.size + settings.overflow,
      min: settings.size,
      idleTimeoutMillis: 10_000,
      connectionTimeoutMillis: settings.timeoutSeconds * 1_000,
      maxLifetimeSeconds: settings.recycleSeconds,
      query_timeout: settings.statementTimeoutSeconds * 1_000,
      application_name: settings.applicationName,
      keepAlive: true,
    })
    this.#settings = settings
    this.seals = settings.seals
    this.on('error', onError)
    this.on('release', (_error, client) => this.#idleSince.set(client, Date.now()))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const checked = this.#checkedClient()
    if (!callback) return checked
    checked.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error: Error) => callback(error, undefined, () => {}),
    )
  }

  async #checkedClient(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await super.connect().catch((error: Error) => {
        throw this.#sentence(error)
      })
      const idleSince = this.#idleSince.get(client)
      if (!this.#settings.prePing || idleSince === undefined || Date.now() - idleSince < pingAfterIdleMs) return client
      try {
        const ping = { text: 'SELECT 1', query_timeout: pingTimeoutMs }
        await client.query(ping)
        return client
      } catch {
        client.release(true)
      }
    }
  }

  #sentence(error: Error): DatabaseUnavailable {
    const { timeoutSeconds, size, overflow } = this.#settings
    if (error.message !== 'timeout exceeded when trying to connect') {
      return new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
    }
    return new DatabaseUnavailable(
      `No database connection was free within ${timeoutSeconds} s: all ${size + overflow} are in use and ${this.waitingCount} callers wait. ` +
        'Raise DATABASE_POOL_OVERFLOW, or lower WORKER_CONCURRENCY.',
      error,
    )
  }
}
