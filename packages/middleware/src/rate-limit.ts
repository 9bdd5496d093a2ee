import { setTimeout as pause } from 'node:timers/promises'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import type { Bucket, Decision, Limiter } from './rate-limit/limiter.ts'

type WrapModelCall = NonNullable<AgentMiddleware['wrapModelCall']>
export type LimitedRequest = Parameters<WrapModelCall>[0]

export interface RateLimitOptions {
  /** `createRedisLimiter` for all processes together, `createLocalLimiter` for one, `createLimiterWithSpare` for both. */
  readonly limiter: Limiter
  /** The buckets that a call takes a token of; none: the call is free. */
  readonly buckets: (request: LimitedRequest) => readonly Bucket[]
  readonly tenant?: string | ((request: LimitedRequest) => string)
  /** How long a call waits for its turn; 0 refuses at once. */
  readonly waitMs?: number
  /** Hears of each decision, for metrics. */
  readonly onDecision?: (decision: Decision) => void
}

/** A model call that would have had to wait for too long. */
export class RateLimited extends Error {
  readonly code = 'rate_limited'
  readonly retryAfterMs: number
  constructor(retryAfterMs: number, waitMs: number) {
    super(
      `The model is called too often: the next call may come in ${Math.ceil(retryAfterMs / 1_000)} s, and one waits for ${waitMs / 1_000} s at most. ` +
        'Call it less often, or raise the limit.',
    )
    this.name = 'RateLimited'
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Model calls wait for their turn, and fail once that takes longer than `waitMs`. A run that is cancelled stops waiting.
 *
 * @throws {RateLimited}
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
