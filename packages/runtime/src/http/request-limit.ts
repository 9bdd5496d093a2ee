import { createHash } from 'node:crypto'
import type { Bucket, Decision } from '@hadal/middleware/rate-limit/limiter'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { RequestLimit } from '../redis/create-redis.ts'
import { callerAddress } from './caller-address.ts'
import { problemAnswer } from './problem-answer.ts'
import { RefusedAddresses } from './refused-addresses.ts'

/** Paths without a rate limit: load balancers and clients that check the server must always get an answer. */
const free = new Set(['/health', '/ready', '/ok', '/info'])

/** Length of a hash in the name of a bucket, in hexadecimal digits. */
const hashLength = 32
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, hashLength)

/** The two parts of the rate limit of HTTP requests. Each request takes its tokens in one of them, from all its buckets at once. */
export interface RequestLimits {
  /**
   * Middleware for all requests. On a server without sign-in it limits addresses, API keys and the tenant. On a server with sign-in it limits the failed
   * sign-ins of an address.
   */
  readonly beforeSignIn: MiddlewareHandler
  /** Middleware for requests of callers that have signed in: it limits their user and their tenant. */
  readonly afterSignIn: MiddlewareHandler
}

/** Creates the middleware that answers requests above the rate limit with 429. A refused request takes no token from any bucket. */
export function requestLimits(limit: RequestLimit): RequestLimits {
  const { tenant, trustedProxies, signsIn } = limit
  const refused = new RefusedAddresses()
  const take = async (ofTenant: string, buckets: readonly Bucket[]): Promise<Decision | undefined> => {
    if (buckets.length === 0) return undefined
    const decision = await limit.limiter.take(ofTenant, buckets)
    limit.onDecision(decision)
    return decision
  }
  const limited = async (
    c: Context,
    next: () => Promise<void>,
    ofTenant: string,
    buckets: readonly Bucket[],
  ): Promise<Response | undefined> => {
    const decision = await take(ofTenant, buckets)
    if (decision && !decision.admitted) {
      tell(c, decision)
      return tooMany(c, decision.retryAfterMs)
    }
    await next()
    if (decision) tell(c, decision)
    return undefined
  }
  return {
    beforeSignIn: async (c, next) => {
      // With sign-in, `/info` verifies a credential, so a failed sign-in there counts as everywhere else.
      if (free.has(c.req.path) && !(signsIn && c.req.path === '/info')) return next()
      const address = addressOf(c, trustedProxies)
      if (!signsIn) return limited(c, next, tenant, [...bucketsOf(c, limit, address), ...tenantBuckets(limit)])
      const waitMs = refused.waitMs(address)
      if (waitMs > 0) return tooMany(c, waitMs)
      await next()
      // The status does not tell: an author's sign-in refuses with any status, and a route may answer a caller who has signed in with 401.
      if (!c.get('signInFailed')) return undefined
      const decision = await take(tenant, addressBuckets(limit, address))
      if (decision) tell(c, decision)
      if (decision && !decision.admitted) {
        refused.add(address, decision.retryAfterMs)
        // The response has to be replaced: a client that tries many credentials learns no more from it.
        c.res = tooMany(c, decision.retryAfterMs)
      }
      return undefined
    },
    afterSignIn: async (c, next) => {
      const caller = c.get('caller')
      if (!signsIn || free.has(c.req.path)) return next()
      return limited(c, next, caller.tenant, [...userBuckets(limit, caller.user), ...tenantBuckets(limit)])
    },
  }
}

/** Sets the rate-limit headers of the response: the limit, the remaining requests, and the seconds until the limit is restored. */
function tell(c: Context, decision: Decision): void {
  const headers = {
    Limit: String(decision.limit),
    Remaining: String(decision.remaining),
    Reset: String(Math.ceil(decision.resetMs / 1_000)),
  }
  for (const [name, value] of Object.entries(headers)) {
    c.header(`RateLimit-${name}`, value)
    c.header(`X-RateLimit-${name}`, value)
  }
}

function tooMany(c: Context, waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  c.header('Retry-After', String(seconds))
  return problemAnswer(
    c,
    429,
    `Too many requests: retry in ${seconds} s. The limits are limits.requestsPerMinute of a caller and limits.requestsPerMinutePerTenant.`,
  )
}

const bucket = (name: string, perMinute: number, burst: number): Bucket[] =>
  perMinute > 0 ? [{ name, perMinute, burst }] : []

const addressBuckets = ({ perMinute, burst }: RequestLimit, address: string): Bucket[] =>
  bucket(`address:${address}`, perMinute, burst)

/** Buckets of a caller without sign-in. */
function bucketsOf(c: Context, limit: RequestLimit, address: string): Bucket[] {
  const key = c.req.header('x-api-key') ?? c.req.header('authorization')
  return [
    ...addressBuckets(limit, address),
    // The hash of an API key can't be used as the key.
    ...(key ? bucket(`key:${hashOf(key)}`, limit.perMinute, limit.burst) : []),
  ]
}

const userBuckets = ({ perMinute, burst }: RequestLimit, user: string | null): Bucket[] =>
  user === null ? [] : bucket(`user:${hashOf(user)}`, perMinute, burst)

/** Bucket of a tenant. Its burst is its number of requests per minute. */
const tenantBuckets = ({ tenantPerMinute }: RequestLimit): Bucket[] =>
  bucket('tenant', tenantPerMinute, tenantPerMinute)

/** Address of the client of a request: see {@link callerAddress}. */
export const addressOf = (c: Context, trustedProxies: number): string =>
  callerAddress(peerOf(c), c.req.header('x-forwarded-for'), trustedProxies)

function peerOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address
  } catch {
    // The request has no socket if the application is called directly, without a server.
    return undefined
  }
}
