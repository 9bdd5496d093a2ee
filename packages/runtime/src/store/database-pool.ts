import pg from 'pg'
import { columnTypes } from './column-types.ts'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'

/** How a process uses its database, as the guide's five pool settings. */
export interface PoolSettings {
  readonly connectionString: string
  /** Without it, TLS is as the address says. */
  readonly tls?: VerifiedTls
  /** Connections kept while idle. */
  readonly size: number
  /** Connections above that, under load. */
  readonly overflow: number
  readonly timeoutSeconds: number
  readonly recycleSeconds: number
  readonly prePing: boolean
  readonly statementTimeoutSeconds: number
  readonly applicationName: string
}

/** A connection that was idle for less than this is not pinged: a dead one is mostly known by then, since its socket said so. */
const pingAfterIdleMs = 1_000
const pingTimeoutMs = 2_000

/** No connection came free in time, or none could be made. */
export class DatabaseUnavailable extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'DatabaseUnavailable'
  }
}

/** A client whose statements have a deadline: after it the connection is closed, for nobody knows what the server will still answer on it. */
class DeadlineClient extends pg.Client {
  // A connection that breaks while it is checked out has no listener of the pool's, and an 'error' without one ends the process.
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
    const query = this.query.bind(this)
    Object.defineProperty(this, 'query', {
      configurable: true,
      value: (...args: Parameters<typeof query>) => {
        const result: unknown = query(...args)
        if (result instanceof Promise) {
          result.catch((error: unknown) => {
            if (error instanceof Error && error.message === 'Query read timeout') void this.end().catch(() => {})
          })
        }
        return result
      },
    })
  }
}

type Done = (release?: boolean | Error) => void
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Done) => void

/**
 * The one pool of a process, the queue's and the checkpointer's connections included. It holds at most size + overflow connections; asks an
 * idle one for a sign of life before it hands it out, and hands out another if none comes; and outlives any of them.
 */
export class DatabasePool extends pg.Pool {
  readonly #settings: PoolSettings
  readonly #idleSince = new WeakMap<object, number>()

  constructor(settings: PoolSettings, onError: (error: Error) => void) {
    super({
      ...databaseConnection(settings.connectionString, settings.tls),
      Client: DeadlineClient,
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
      `No database connection came free within ${timeoutSeconds} s: all ${size + overflow} were in use and ${this.waitingCount} callers wait. ` +
        'Raise DATABASE_POOL_OVERFLOW, or lower WORKER_CONCURRENCY.',
      error,
    )
  }
}
