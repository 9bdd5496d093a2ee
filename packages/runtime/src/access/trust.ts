import { setNewest } from './set-newest.ts'
import { SignInRefused } from './sign-in-refused.ts'

/** Error of a verification whose verifier, such as the database, is unavailable. */
export class VerifierAway extends Error {
  /** @param verifier name of the verifier, as the subject of a sentence, such as `the database` */
  constructor(verifier: string, cause: unknown) {
    super(`${verifier} is unavailable or busy`, { cause })
    this.name = 'VerifierAway'
  }
}

export interface Trusted<Verified> {
  readonly value: Verified
  /** Monotonic time in milliseconds when the verification began. */
  readonly verifiedAt: number
}

/** Maximum number of credentials that are remembered. Only verified ones are, so strangers can't displace them. */
const mostRemembered = 10_000

/**
 * Cache of the credentials that this process has verified. While the verifier, such as the database, is unavailable, a credential that was verified a short
 * time ago is accepted, and any other one is refused with 503.
 */
export class Trust<Verified> {
  readonly #milliseconds: number
  readonly #remembered = new Map<string, Trusted<Verified>>()

  /** @param seconds field `access.trustSeconds` of the environment */
  constructor(seconds: number) {
    this.#milliseconds = seconds * 1_000
  }

  /** Returns the last verification of a credential. @param id hash of the credential */
  last(id: string): Trusted<Verified> | undefined {
    return this.#remembered.get(id)
  }

  /**
   * Verifies a credential.
   *
   * @param id hash of the credential
   * @param check verifies it; throws {@link SignInRefused}, or {@link VerifierAway}
   * @param atLeastMs minimum time in milliseconds for which an earlier verification counts. Default: only `trustSeconds` decides
   * @throws {SignInRefused} 401 if the credential is refused; 503 if it can't be verified now
   */
  async verify(id: string, check: () => Promise<Verified>, atLeastMs = 0): Promise<Verified> {
    const verifiedAt = performance.now()
    try {
      const value = await check()
      setNewest(this.#remembered, id, { value, verifiedAt }, mostRemembered)
      return value
    } catch (error) {
      if (!(error instanceof VerifierAway)) {
        this.#remembered.delete(id)
        throw error
      }
      const last = this.#remembered.get(id)
      const trustedMs = Math.max(this.#milliseconds, atLeastMs)
      if (last && performance.now() - last.verifiedAt < trustedMs) return last.value
      throw new SignInRefused(
        'unavailable',
        `Your credential can't be verified now: ${error.message}. Retry in a few seconds.`,
      )
    }
  }
}
