import { CircuitBreaker } from '@hadal/middleware/circuit-breaker'
import { late, within } from '@hadal/middleware/within'
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis'
import { RedisAway } from './redis-away.ts'

export interface RedisConnectionOptions {
  /** `redis://` or `rediss://`; the certificate behind the latter is verified, its name too. */
  readonly url: string
  readonly mode: 'standalone' | 'cluster'
  /** PEM of the authorities to trust; without it, those that Node knows. */
  readonly authority?: string
  /** How long one command may take. */
  readonly commandMs?: number
  /** How long nothing is asked after a command that was not answered. */
  readonly restMs?: number
  /** Hears when Redis goes away and when it is back. */
  readonly onChange?: (up: boolean, cause: unknown) => void
}

const connectMs = 2_000
/** A connection on which a command waits for longer is given up; by then nobody waits for it any more. */
const deadMs = 1_000
const slowestRetryMs = 2_000
/** Enough for a slot that moved twice. */
const mostRedirections = 4

/** Sentences in which Redis says that it can't serve just now: as good as no answer. */
const unable = /^(LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|TRYAGAIN|OOM|MISCONF|BUSY|NOAUTH|WRONGPASS)\b/

/**
 * The process's one connection to Redis; in a cluster, one to each master. It comes and goes by itself, and nothing that happens to it ends the
 * process: a command that is not answered in time fails, and for some seconds after it all fail at once.
 */
export class RedisConnection {
  readonly #client: Redis | Cluster
  readonly #circuit: CircuitBreaker
  readonly #commandMs: number
  readonly #onChange: (up: boolean, cause: unknown) => void
  /** What was told last. */
  #told = true
  /** Why the last connection broke, for whoever is told that Redis is away. */
  #trouble: Error | undefined

  constructor({ url, mode, authority, commandMs = 100, restMs = 3_000, onChange = () => {} }: RedisConnectionOptions) {
    this.#commandMs = commandMs
    this.#onChange = onChange
    this.#circuit = new CircuitBreaker({ failures: 1, openMs: restMs })
    this.#client = mode === 'cluster' ? cluster(url, authority) : alone(url, authority)
    // Without a listener the client writes to the console.
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

  /** Whether it answered when it was asked last. */
  get up(): boolean {
    return this.#client.status === 'ready' && this.#circuit.state === 'closed'
  }

  /**
   * @param command a command of Redis with its words; in a cluster all its keys share a hash tag
   * @throws {RedisAway} when it is not answered, not in time, or only by saying that Redis can't serve now; anything else is what Redis answered
   */
  readonly send = async (command: string, ...words: string[]): Promise<unknown> => {
    // Told at once, and no reason to rest: the client makes a connection by itself, and then it may be used.
    if (this.#client.status !== 'ready') throw new RedisAway('there is no connection to it', { cause: this.#trouble })
    const isProbe = this.#circuit.state !== 'closed'
    if (!this.#circuit.admits()) throw new RedisAway('it did not answer lately')
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

  /** Only the probe closes the circuit: a command that was sent before the failure may be answered after it. */
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
      throw new RedisAway('it can not serve now', { cause: error })
    }
    throw new RedisAway(`it did not answer within ${this.#commandMs} ms`)
  }

  /** Whether it answers now. */
  readonly answers = async (): Promise<boolean> => {
    try {
      return (await this.send('PING')) === 'PONG'
    } catch {
      return false
    }
  }

  /** Waits until the first connection stands, so that the first commands find one. @returns false when it took longer */
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
    // A command that was not answered may have been done: sent again, it would be done twice.
    autoResendUnfulfilledCommands: false,
    // It asks for rights that nothing else needs.
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
    // Names are left to the connection: a certificate bears them, and not the addresses that they stand for.
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
