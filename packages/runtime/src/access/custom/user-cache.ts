import { createHash } from 'node:crypto'
import type { AuthCache } from '../../agents/project-auth.ts'
import type { Caller } from '../caller.ts'
import { setNewest } from '../set-newest.ts'

/** Callers that the author's `authenticate` has identified, by the values of headers: the field `auth.cache` of the langgraph.json. */
export class UserCache {
  readonly #settings: AuthCache
  readonly #callers = new Map<string, { readonly caller: Caller; readonly until: number }>()

  constructor(settings: AuthCache) {
    this.#settings = settings
  }

  get(headers: Headers): Caller | undefined {
    const key = this.#key(headers)
    const found = this.#callers.get(key)
    if (found && performance.now() < found.until) return found.caller
    this.#callers.delete(key)
    return undefined
  }

  set(headers: Headers, caller: Caller): void {
    const { size, ttlSeconds } = this.#settings
    setNewest(this.#callers, this.#key(headers), { caller, until: performance.now() + ttlSeconds * 1_000 }, size)
  }

  /** A hash, so that the memory of the process does not hold the credentials. */
  #key(headers: Headers): string {
    const values = this.#settings.headers.map((name) => headers.get(name))
    return createHash('sha256').update(JSON.stringify(values)).digest('base64')
  }
}
