import { CircuitBreaker } from '@hadal/middleware/circuit-breaker'
import { late, within } from '@hadal/middleware/within'
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis'
import { RedisAway } from './redis-away.ts'

export interface RedisConnectionOptions {
  /** Address of Redis: `redis://` or `rediss://`. With `rediss://` the server's certificate and its name are verified. */
  readonly url: string
  readonly mode: 'standalone' | 'cluster'
  /** PEM text of the CAs that may sign Redis' certificate. Default: the CAs that Node trusts. */
  readonly authority?: string
  /** Timeout of one Redis command in milliseconds. Default: 100. */
  readonly commandMs?: number
  /** Time in milliseconds for which no command is sent to Redis after an unanswered one. Default: 3,000. */
  readonly restMs?: number
  /** Called with `false` when Redis becomes unavailable, and with `true` when it is available again. */
  readonly onChange?: (up: boolean, cause: unknown) => void
}

const connectMs = 2_000
/** Timeout in milliseconds after which a connection to Redis with an unanswered command is replaced. The command itself has failed before. */
const deadMs = 1_000
const slowestRetryMs = 2_000
/** Maximum number of redirections of a command in a Redis cluster: enough for a slot that moved twice. */
const mostRedirections = 4

/** Error responses that mean that Redis can't serve at the moment; they count as unavailability. */
const unable = /^(LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|TRYAGAIN|OOM|MISCONF|BUSY|NOAUTH|WRONGPASS)\b/

/**
 * The process's only connection to Redis, or one connection per master of a cluster. It reconnects by itself, and no failure of it ends the
 * process. A command without a response in time fails, and for the next `restMs` every command fails at once.
 */
export class RedisConnection {
  readonly #client: Redis | Cluster
  readonly #circuit: CircuitBreaker
  readonly #commandMs: number
  readonly #onChange: (up: boolean, cause: unknown) => void
  /** Whether Redis was available at the last call of `onChange`. */
  #told = true
  /** Error with which the connection to Redis was last lost: the cause that `onChange` gets. */
  #trouble: Error | undefined

  constructor({ url, mode, authority, commandMs = 100, restMs = 3_000, onChange = () => {} }: RedisConnectionOptions) {
    this.#commandMs = commandMs
    this.#onChange = onChange
    this.#circuit = new CircuitBreaker({ failures: 1, openMs: restMs })
    this.#client = mode === 'cluster' ? cluster(url, authority) : alone(url, authority)
    // Without a listener, the client writes errors to the console.
    this.#client.on('error', (error: Error) => {
      this.#trouble = error
    })
    this.#client.on('ready', () => {
      this.#trouble = undefined
      this.#tell(undefined)
    })
    this.#client.on('close', () => this.#tell(this.#trouble))
  }

  #tell(cause: unknown): void {
    if (this.#told === this.up) return
    this.#told = this.up
    this.#onChange(this.up, this.#trouble ?? cause)
  }

  /** Whether Redis answered the last command. */
  get up(): boolean {
    return this.#client.status === 'ready' && this.#circuit.state === 'closed'
  }

  /**
   * Sends a command to Redis and returns its response.
   *
   * @param command command of Redis, with its words; in a cluster, all its keys need the same hash tag
   * @throws {RedisAway} if there is no response in time, or only an error response that Redis can't serve; other error responses are thrown
   * unchanged
   */
  readonly send = async (command: string, ...words: string[]): Promise<unknown> => {
    // The circuit breaker stays closed here: the client reconnects by itself, and commands can be sent at once after that.
    if (this.#client.status !== 'ready') throw new RedisAway('there is no connection to it', { cause: this.#trouble })
    const isProbe = this.#circuit.state !== 'closed'
    if (!this.#circuit.admits()) throw new RedisAway('recent commands had no response')
    try {
      const answer = await this.#answer(command, words)
      if (isProbe) this.#closeCircuit()
      return answer
    } catch (error) {
      if (error instanceof RedisAway) {
        this.#circuit.failed()
        this.#tell(error)
      } else if (isProbe) this.#closeCircuit()
      throw error
    }
  }

  /** Closes the circuit breaker. Only the probe does so: a command that was sent before the failure may be answered after it. */
  #closeCircuit(): void {
    this.#circuit.succeeded()
    this.#tell(undefined)
  }

  async #answer(command: string, words: readonly string[]): Promise<unknown> {
    try {
      const answer = await within(this.#client.call(command, ...words), this.#commandMs)
      if (answer !== late) return answer
    } catch (error) {
      const refused = error instanceof Error && error.name === 'ReplyError' && !unable.test(error.message)
      if (refused || error instanceof RedisAway) throw error
      throw new RedisAway('it can’t serve at the moment', { cause: error })
    }
    throw new RedisAway(`it did not answer within ${this.#commandMs} ms`)
  }

  /** Sends a command to Redis to check whether it answers. */
  readonly answers = async (): Promise<boolean> => {
    try {
      return (await this.send('PING')) === 'PONG'
    } catch {
      return false
    }
  }

  /**
   * Waits for the first connection to Redis, so that the first commands find one.
   *
   * @returns false if it is not connected in time
   */
  async connected(withinMs: number): Promise<boolean> {
    if (this.#client.status === 'ready') return true
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#client.once('ready', resolve)
    try {
      return (await within(promise, withinMs)) !== late
    } finally {
      this.#client.off('ready', resolve)
    }
  }

  close(): void {
    this.#told = false
    this.#client.disconnect()
  }
}

const retryAfter = (times: number): number => Math.min(100 * 2 ** Math.min(times, 10), slowestRetryMs)

const ofOneNode = (authority: string | undefined, tls: boolean) =>
  ({
    connectTimeout: connectMs,
    socketTimeout: deadMs,
    maxRetriesPerRequest: 0,
    // Redis may have executed an unanswered command, so it must not be sent again.
    autoResendUnfulfilledCommands: false,
    // The ready check needs permissions that no other command needs.
    enableReadyCheck: false,
    disableClientInfo: true,
    ...(tls ? { tls: { rejectUnauthorized: true, ...(authority === undefined ? {} : { ca: authority }) } } : {}),
  }) as const satisfies RedisOptions

function alone(url: string, authority: string | undefined): Redis {
  const options: RedisOptions = {
    ...ofOneNode(authority, isTls(url)),
    enableOfflineQueue: false,
    retryStrategy: retryAfter,
  }
  return new Redis(url, options)
}

function cluster(url: string, authority: string | undefined): Cluster {
  const { hostname, port, username, password } = new URL(url)
  const options: ClusterOptions = {
    // Node names are not resolved here: the certificate contains the names, not the IP addresses.
    dnsLookup: (name, found) => found(null, name),
    clusterRetryStrategy: retryAfter,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    maxRedirections: mostRedirections,
    slotsRefreshTimeout: connectMs,
    slotsRefreshInterval: 15_000,
    redisOptions: {
      ...ofOneNode(authority, isTls(url)),
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
    },
  }
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], options)
}

const isTls = (url: string): boolean => new URL(url).protocol === 'rediss:'
