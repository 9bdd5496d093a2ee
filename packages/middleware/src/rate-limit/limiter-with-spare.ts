import type { Limiter } from './limiter.ts'

/** Creates a rate limiter that uses the first limiter, or the spare limiter for each call in which the first one fails. */
export const createLimiterWithSpare = (first: Limiter, spare: Limiter): Limiter => ({
  async take(tenant, buckets) {
    try {
      return await first.take(tenant, buckets)
    } catch {
      return spare.take(tenant, buckets)
    }
  },
})
