import { isRecord } from '@hadal/middleware/unknown-value'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import { fetchJson, isProtected } from './fetch-json.ts'

/** Times of the cache of an issuer's keys, in milliseconds. */
export interface KeyTimes {
  /** Age from which the keys are fetched again. A key that the issuer drops is refused from then on. */
  readonly refresh: number
  /** Maximum age of the keys while the issuer is away. */
  readonly stale: number
  /** Minimum time between two fetches. */
  readonly cooldown: number
  /** Timeout of a request to the issuer. */
  readonly timeout: number
}

export const keyTimes: KeyTimes = { refresh: 300_000, stale: 3_600_000, cooldown: 5_000, timeout: 5_000 }

/** Maximum number of requests that wait for the next fetch because of a key that the cache does not have. */
const mostWaiting = 200

/** The keys of one fetch. */
export interface FetchedKeys {
  /** Finds the key of a token. The same function as that of the fetch before, if the keys are the same. */
  readonly find: JWTVerifyGetKey
  readonly text: string
  /** Monotonic time of the fetch in milliseconds. */
  readonly at: number
}

/** The keys of an issuer could not be read, so a token can't be verified now. */
export class KeysUnavailable extends Error {}

/** Public keys of an OpenID Connect issuer, as a cache. */
export class IssuerKeys {
  readonly #issuer: string
  readonly #log: Logger
  readonly #times: KeyTimes
  #fetched: FetchedKeys | undefined
  #triedAt = Number.NEGATIVE_INFINITY
  #failed = false
  #fetching: Promise<void> | undefined
  #waiting = 0

  constructor(issuer: string, log: Logger, times: KeyTimes = keyTimes) {
    this.#issuer = issuer
    this.#log = log
    this.#times = times
  }

  /** Returns the keys, which are at most as old as the limits of {@link KeyTimes} allow. @throws {KeysUnavailable} */
  async current(): Promise<FetchedKeys> {
    if (this.#age() > this.#times.refresh) {
      const fetching = this.#mayFetch() ? this.#fetch() : this.#fetching
      // After a failed fetch, requests do not wait for the next one.
      if (!this.#fetched || !this.#failed) await fetching
    }
    const fetched = this.#fetched
    if (fetched && this.#age() <= this.#times.stale) return fetched
    throw new KeysUnavailable(`The keys of ${this.#issuer} can't be read.`)
  }

  /**
   * Fetches the keys again, because these lack the key of a token. Requests that come shortly after a fetch wait for the next one together, so
   * tokens with unknown keys cause at most one fetch per cooldown.
   *
   * @throws {KeysUnavailable}
   */
  async after(old: FetchedKeys): Promise<FetchedKeys> {
    if (this.#waiting >= mostWaiting) throw new KeysUnavailable('Too many requests wait for the keys of the issuer.')
    this.#waiting += 1
    try {
      if (this.#fetched === old) {
        const rest = this.#triedAt + this.#times.cooldown - performance.now()
        if (!this.#fetching && rest > 0) await new Promise((resolve) => setTimeout(resolve, rest).unref())
        if (this.#fetched === old) await this.#fetch()
      }
      if (this.#fetched && this.#fetched !== old) return this.#fetched
      throw new KeysUnavailable(`The keys of ${this.#issuer} can't be read.`)
    } finally {
      this.#waiting -= 1
    }
  }

  #age(): number {
    return this.#fetched ? performance.now() - this.#fetched.at : Number.POSITIVE_INFINITY
  }

  #mayFetch(): boolean {
    return !this.#fetching && (!this.#failed || performance.now() - this.#triedAt >= this.#times.cooldown)
  }

  /** Fetches the keys; a failure is logged. Concurrent calls share one fetch. */
  #fetch(): Promise<void> {
    this.#fetching ??= this.#read()
      .then(
        (keys) => {
          const text = JSON.stringify(keys)
          const find = this.#fetched?.text === text ? this.#fetched.find : createLocalJWKSet(keys)
          this.#fetched = { find, text, at: performance.now() }
          this.#failed = false
        },
        (error: unknown) => {
          this.#failed = true
          this.#log.warn({ err: error, issuer: this.#issuer }, 'issuer_away')
        },
      )
      .finally(() => {
        this.#fetching = undefined
      })
    return this.#fetching
  }

  async #read(): Promise<JSONWebKeySet> {
    this.#triedAt = performance.now()
    const issuer = this.#issuer.replace(/\/$/, '')
    const document = await fetchJson(`${issuer}/.well-known/openid-configuration`, this.#times.timeout)
    if (!isRecord(document) || document.issuer !== this.#issuer) {
      throw new Error(
        `the discovery document of ${this.#issuer} names another issuer. Set access.issuer to exactly the value of its field "issuer"`,
      )
    }
    const address = document.jwks_uri
    if (typeof address !== 'string' || !isProtected(address)) {
      throw new Error(`the discovery document of ${this.#issuer} has no https address in "jwks_uri"`)
    }
    const keys = await fetchJson(address, this.#times.timeout)
    if (!isKeySet(keys)) throw new Error(`${address} does not answer with a JSON Web Key Set`)
    return keys
  }
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isRecord(value) && Array.isArray(value.keys) && value.keys.every(isRecord)
