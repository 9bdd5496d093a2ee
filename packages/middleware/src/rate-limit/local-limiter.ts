import { type Bucket, type Decision, type Limiter, stepMicroseconds } from './limiter.ts'

/** Current time of a monotonic clock, in microseconds, for the local rate limiter. */
const monotonic = (): number => Math.round(performance.now() * 1_000)

/**
 * Creates a limiter with buckets in the memory of this process. A bucket is stored as the time at which it will be full again. A token moves this
 * time one step into the future, and the bucket is empty if the time is `burst` steps ahead.
 *
 * @param share fraction of the rate and of the burst that this process gives, above 0 and at most 1; the burst is at least one token
 * @param mostBuckets maximum number of buckets that are not full; the least recently used are removed
 */
export function createLocalLimiter({
  share = 1,
  mostBuckets = 10_000,
  now = monotonic,
}: {
  share?: number
  mostBuckets?: number
  now?: () => number
} = {}): Limiter {
  const fullAt = new Map<string, number>()
  const reduced = ({ name, perMinute, burst }: Bucket): Bucket => ({
    name,
    perMinute: perMinute * share,
    burst: Math.max(1, Math.floor(burst * share)),
  })
  const forget = (at: number): void => {
    for (const [key, full] of fullAt) if (full <= at) fullAt.delete(key)
    for (const key of fullAt.keys()) {
      if (fullAt.size <= mostBuckets) return
      fullAt.delete(key)
    }
  }
  return {
    async take(tenant, buckets) {
      const at = now()
      const states = buckets.map(reduced).map((bucket) => {
        const key = `${tenant}\n${bucket.name}`
        const step = stepMicroseconds(bucket)
        const before = Math.max(fullAt.get(key) ?? at, at)
        return { key, bucket, step, before, wait: before + step - bucket.burst * step - at }
      })
      const admitted = states.every(({ wait }) => wait <= 0)
      if (admitted) {
        for (const { key, before, step } of states) {
          fullAt.delete(key)
          fullAt.set(key, before + step)
        }
        if (fullAt.size > mostBuckets) forget(at)
      }
      const seen = states.map(({ bucket, step, before, wait }) => {
        const full = admitted ? before + step : before
        const remaining = Math.max(0, Math.floor((bucket.burst * step - (full - at)) / step))
        return { limit: bucket.burst, remaining, wait: Math.max(wait, 0), reset: full - at }
      })
      const tightest = seen.reduce((a, b) =>
        b.wait > a.wait || (b.wait === a.wait && b.remaining < a.remaining) ? b : a,
      )
      return decision(admitted, tightest, 'local')
    },
  }
}

/** Decision of a rate limiter, from the numbers of the tightest bucket with times in microseconds. */
export const decision = (
  admitted: boolean,
  { limit, remaining, wait, reset }: { limit: number; remaining: number; wait: number; reset: number },
  by: Decision['by'],
): Decision => ({
  admitted,
  limit,
  remaining,
  retryAfterMs: admitted ? 0 : Math.ceil(wait / 1_000),
  resetMs: Math.ceil(reset / 1_000),
  by,
})
