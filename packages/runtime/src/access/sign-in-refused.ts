import { Refusal } from '../runs/refusal.ts'

/**
 * Outcome of a sign-in, as a label of `sign_ins_total`. `missing`: no credential was sent. `invalid`: it is malformed, or its signature, issuer or audience
 * is wrong. `unconfirmed`: after a
 * restore of the database, no operator has confirmed the key. `unavailable`: it can't be verified now.
 */
export const signInOutcomes = [
  'accepted',
  'missing',
  'invalid',
  'unknown',
  'expired',
  'revoked',
  'unconfirmed',
  'unavailable',
] as const
export type SignInOutcome = (typeof signInOutcomes)[number]

/** A request whose sender is not known. */
export class SignInRefused extends Refusal {
  readonly outcome: Exclude<SignInOutcome, 'accepted'>
  /** Id of the key that was sent, for the log. The log never has the key itself. */
  readonly keyId: string | undefined

  /** @param sentence names what is wrong with the credential and what to do, without the credential */
  constructor(outcome: SignInRefused['outcome'], sentence: string, keyId?: string) {
    super(outcome === 'unavailable' ? 503 : 401, sentence)
    this.name = 'SignInRefused'
    this.outcome = outcome
    this.keyId = keyId
  }
}

/** Whether a sign-in accepts its credential. @throws any error of the sign-in that is not a {@link SignInRefused} */
export async function isAccepted(signIn: Promise<unknown>): Promise<boolean> {
  try {
    await signIn
    return true
  } catch (error) {
    if (error instanceof SignInRefused) return false
    throw error
  }
}
