import { setNewest } from '../set-newest.ts'
import { SignInRefused } from '../sign-in-refused.ts'

/** Time in milliseconds for which a refused key is refused again without a statement. */
const refusedForMs = 5_000
/** Maximum number of refused keys in the cache. */
const mostRefused = 1_000

/** Outcomes of keys that are not remembered: an operator may confirm the key at any time. */
const mayBecomeValid: ReadonlySet<SignInRefused['outcome']> = new Set(['unavailable', 'unconfirmed'])

/** Cache of keys that were refused a short time ago: a client that repeats a wrong key causes no statements. */
export class RefusedKeys {
  readonly #refused = new Map<string, { readonly error: SignInRefused; readonly until: number }>()

  /** @throws {SignInRefused} if the key was refused a short time ago. None of these keys becomes valid. */
  check(id: string): void {
    const known = this.#refused.get(id)
    if (!known) return
    if (performance.now() < known.until) throw known.error
    this.#refused.delete(id)
  }

  /** @param error error of the sign-in with the key; it is remembered if it refuses the key */
  add(id: string, error: unknown): void {
    if (!(error instanceof SignInRefused) || mayBecomeValid.has(error.outcome)) return
    setNewest(this.#refused, id, { error, until: performance.now() + refusedForMs }, mostRefused)
  }
}
