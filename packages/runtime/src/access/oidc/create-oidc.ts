import { createHash } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import type { Logger } from 'pino'
import type { Authenticate } from '../authenticate.ts'
import type { Caller } from '../caller.ts'
import { setNewest } from '../set-newest.ts'
import { isAccepted, SignInRefused } from '../sign-in-refused.ts'
import { callerOfClaims, type OidcAccess } from './caller-of-claims.ts'
import { type FetchedKeys, IssuerKeys, KeysUnavailable, type KeyTimes } from './issuer-keys.ts'

/** Allowed values of the header `typ` of a token. Issuers also sign tokens for the same audience that give no access, such as logout tokens. */
const types = new Set(['jwt', 'at+jwt', 'application/at+jwt'])

/** A token that was verified. */
interface VerifiedToken {
  readonly caller: Caller
  /** Identifies the keys of the issuer that verified the token. */
  readonly find: FetchedKeys['find']
  /** Time in milliseconds at which the token has expired. */
  readonly until: number
}

/** Maximum number of verified tokens that are remembered. Only verified ones are, so strangers can't displace them. */
const mostVerified = 5_000

const howTo = 'Send a token of the issuer as "Authorization: Bearer <token>".'

/** Returns the token of a request. @throws {SignInRefused} if it has none */
function tokenOf(request: Request): string {
  const header = request.headers.get('authorization')
  if (header === null) throw new SignInRefused('missing', `The request has no token. ${howTo}`)
  const [, token] = /^bearer +([\w.~+/=-]+)$/i.exec(header.trim()) ?? []
  if (token === undefined)
    throw new SignInRefused('invalid', `The header "Authorization" has no bearer token. ${howTo}`)
  return token
}

/** Returns the reason why a token is refused, without any part of the token; undefined for an error that is not about the token. */
function reasonOf(error: unknown, { audience, issuer, algorithms }: OidcAccess): string | undefined {
  if (error instanceof errors.JWTExpired) return 'The token has expired. Get a new one from the issuer.'
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = error
    if (reason === 'missing') return `The token has no claim "${claim}".`
    if (claim === 'iss') return `The token is not from the issuer ${issuer}.`
    if (claim === 'aud') return `The token is not for the audience "${audience}".`
    if (claim === 'nbf') return 'The token is not valid yet.'
    return `The claim "${claim}" of the token is invalid.`
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is signed with an algorithm that is not allowed. Allowed: ${algorithms.join(', ')}.`
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that the issuer does not have.'
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token does not name its key ("kid"), and the issuer has several.'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is invalid.'
  if (error instanceof errors.JOSEError) return 'The token is not a valid signed JWT.'
  return undefined
}

/**
 * Creates the sign-in by tokens of an OpenID Connect issuer. The signature, algorithm, issuer, audience and times of a token are verified here; only
 * the issuer's public keys are fetched.
 */
export function createOidc(access: OidcAccess, log: Logger, times?: KeyTimes): Authenticate {
  const keys = new IssuerKeys(access.issuer, log, times)
  /** Verified tokens by their hash, the oldest first. */
  const verified = new Map<string, VerifiedToken>()
  // Fetches the keys before the first request. If the issuer is away, the server starts without them.
  keys.current().catch(() => {})
  if (access.claims.tenant === undefined) {
    log.warn({ text: 'access.claims.tenant is not set: all users are in one tenant, "default".' }, 'one_tenant')
  }

  /** @throws errors of jose, and {@link KeysUnavailable} */
  const verify = async (token: string): Promise<{ payload: JWTPayload; find: FetchedKeys['find'] }> => {
    const wanted = {
      algorithms: access.algorithms,
      issuer: access.issuer,
      audience: access.audience,
      clockTolerance: access.clockSkewSeconds,
      requiredClaims: ['exp'],
    }
    let by = await keys.current()
    const { payload, protectedHeader } = await jwtVerify(token, by.find, wanted).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      by = await keys.after(by)
      return jwtVerify(token, by.find, wanted)
    })
    const { typ } = protectedHeader
    if (typ !== undefined && !types.has(typ.toLowerCase())) {
      throw new SignInRefused(
        'invalid',
        'The token does not give access: its header "typ" names another kind of token.',
      )
    }
    return { payload, find: by.find }
  }

  /** Returns the caller of a token. A token that was verified by the current keys of the issuer is not verified again. */
  const callerOf = async (token: string): Promise<Caller> => {
    const id = createHash('sha256').update(token).digest('base64')
    const known = verified.get(id)
    try {
      if (known && Date.now() < known.until && (await keys.current()).find === known.find) return known.caller
      verified.delete(id)
      const { payload, find } = await verify(token)
      const caller = { ...callerOfClaims(payload, access), stillValid: () => isAccepted(callerOf(token)) }
      const until = ((payload.exp ?? 0) + access.clockSkewSeconds) * 1_000
      setNewest(verified, id, { caller, find, until }, mostVerified)
      return caller
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        throw new SignInRefused(
          'unavailable',
          "The token can't be verified now, because the issuer's keys can't be read. Retry in a few seconds.",
        )
      }
      const reason = reasonOf(error, access)
      if (reason === undefined) throw error
      throw new SignInRefused(error instanceof errors.JWTExpired ? 'expired' : 'invalid', reason)
    }
  }

  return async (request) => callerOf(tokenOf(request))
}
