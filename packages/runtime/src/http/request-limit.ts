import { createHash } from 'node:crypto'
import type { Bucket } from '@hadal/middleware/rate-limit/limiter'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { RequestLimit } from '../redis/create-redis.ts'
import { callerAddress } from './caller-address.ts'
import { problemAnswer } from './problem-answer.ts'

/** Who asks for these must get an answer whatever else it asked for: a load balancer, and a client that looks where it is. */
const free = new Set(['/health', '/ready', '/ok', '/info'])

/** The tenant of whoever has not said who it is. It is nobody's, so it has no bucket: one caller would use up everybody's. */
const anonymous = 'default'

/**
 * Refuses a caller that asks too often: by its address, by its key where it sends one, and by its tenant. A refused request takes nothing from
 * any bucket.
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
        `You ask too often: ${limit.perMinute} requests a minute are allowed. Try again in ${seconds} s.`,
      )
    }
    await next()
    tell()
  }
}

function bucketsOf(c: Context, { tenant, perMinute, burst, trustedProxies }: RequestLimit): Bucket[] {
  const key = c.req.header('x-api-key') ?? c.req.header('authorization')
  const address = callerAddress(peerOf(c), c.req.header('x-forwarded-for'), trustedProxies)
  const names = [
    `address:${address}`,
    // What a key hashes to can't be used as one.
    ...(key ? [`key:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`] : []),
    ...(tenant === anonymous ? [] : ['tenant']),
  ]
  return names.map((name) => ({ name, perMinute, burst }))
}

function peerOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address
  } catch {
    // Without a socket, as when the application is called by hand.
    return undefined
  }
}
