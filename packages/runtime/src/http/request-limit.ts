import { createHash } from 'node:crypto'
import type { Bucket } from '@hadal/middleware/rate-limit/limiter'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { RequestLimit } from '../redis/create-redis.ts'
import { callerAddress } from './caller-address.ts'
import { problemAnswer } from './problem-answer.ts'

/** Paths without a rate limit: load balancers and clients that check the server must always get an answer. */
const free = new Set(['/health', '/ready', '/ok', '/info'])

/** Tenant of requests without authentication. The rate limit has no bucket for it, because one caller could then use up the limit of all callers. */
const anonymous = 'default'

/**
 * Middleware that answers requests above the rate limit with 429: per address, per API key if the request has one, and per tenant. A rejected
 * request takes no token from any bucket.
 */
export function requestLimit(limit: RequestLimit): MiddlewareHandler {
  return async (c, next) => {
    if (free.has(c.req.path)) return next()
    const decision = await limit.limiter.take(limit.tenant, bucketsOf(c, limit))
    limit.onDecision(decision)
    const headers = {
      Limit: String(decision.limit),
      Remaining: String(decision.remaining),
      Reset: String(Math.ceil(decision.resetMs / 1_000)),
    }
    const tell = (): void => {
      for (const [name, value] of Object.entries(headers)) {
        c.header(`RateLimit-${name}`, value)
        c.header(`X-RateLimit-${name}`, value)
      }
    }
    if (!decision.admitted) {
      const seconds = Math.max(1, Math.ceil(decision.retryAfterMs / 1_000))
      tell()
      c.header('Retry-After', String(seconds))
      return problemAnswer(
        c,
        429,
        `Too many requests: ${limit.perMinute} requests per minute are allowed. Retry in ${seconds} s.`,
      )
    }
    await next()
    tell()
  }
}

function bucketsOf(c: Context, { tenant, perMinute, burst, trustedProxies }: RequestLimit): Bucket[] {
  const key = c.req.header('x-api-key') ?? c.req.header('authorization')
  const address = addressOf(c, trustedProxies)
  const names = [
    `address:${address}`,
    // The hash of an API key can't be used as the key.
    ...(key ? [`key:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`] : []),
    ...(tenant === anonymous ? [] : ['tenant']),
  ]
  return names.map((name) => ({ name, perMinute, burst }))
}

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
