import type { Limiter } from './limiter.ts'

/** Asks the first limiter, and the spare one whenever the first fails. */
export const createLimiterWithSpare = (first: Limiter, spare: Limiter): Limiter => ({
  async take(tenant, buckets) {
    try {
      return await first.take(tenant, buckets)
    } catch {
      return spare.take(tenant, buckets)
    }
  },
})
