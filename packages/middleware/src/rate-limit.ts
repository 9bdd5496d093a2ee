import { setTimeout as pause } from 'node:timers/promises'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import type { Bucket, Decision, Limiter } from './rate-limit/limiter.ts'

type WrapModelCall = NonNullable<AgentMiddleware['wrapModelCall']>
export type LimitedRequest = Parameters<WrapModelCall>[0]

export interface RateLimitOptions {
  /** Limiter of the calls: `createRedisLimiter` for all processes, `createLocalLimiter` for one, `createLimiterWithSpare` for both. */
  readonly limiter: Limiter
  /** Returns the buckets from which a model call takes a token. Without buckets the call is not limited. */
  readonly buckets: (request: LimitedRequest) => readonly Bucket[]
  /** Tenant that owns the rate limit buckets, or a function that returns it. Default: `default`. */
  readonly tenant?: string | ((request: LimitedRequest) => string)
  /** Maximum time in milliseconds that a model call waits for a token; 0 rejects it at once. */
  readonly waitMs?: number
  /** Callback for each decision of the rate limiter, for metrics. */
  readonly onDecision?: (decision: Decision) => void
}

/** Error for a model call that exceeds the rate limit and would have to wait longer than the maximum. */
export class RateLimited extends Error {
  readonly code = 'rate_limited'
  readonly retryAfterMs: number
  constructor(retryAfterMs: number, waitMs: number) {
    super(
      `Model calls exceed the rate limit: the next call is allowed in ${Math.ceil(retryAfterMs / 1_000)} s, and the maximum wait is ${waitMs / 1_000} s. ` +
        'Call the model less often, or raise the limit.',
    )
    this.name = 'RateLimited'
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Middleware that limits the rate of model calls. A call waits until its buckets have a token, and stops waiting if its run is cancelled.
 *
 * @throws {RateLimited} if the wait would be longer than `waitMs`
 */
export function createRateLimitMiddleware({
  limiter,
  buckets,
  tenant = 'default',
  waitMs = 60_000,
  onDecision = () => {},
}: RateLimitOptions) {
  return createMiddleware({
    name: 'RateLimit',
    wrapModelCall: async (request, handler) => {
      const taken = buckets(request)
      const whose = typeof tenant === 'string' ? tenant : tenant(request)
      const end = performance.now() + waitMs
      while (taken.length > 0) {
        const decision = await limiter.take(whose, taken)
        onDecision(decision)
        if (decision.admitted) break
        if (performance.now() + decision.retryAfterMs > end) throw new RateLimited(decision.retryAfterMs, waitMs)
        await pause(decision.retryAfterMs, undefined, { signal: request.runtime.signal })
      }
      return handler(request)
    },
  })
}
