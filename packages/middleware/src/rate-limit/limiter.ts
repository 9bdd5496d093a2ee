/** Token bucket of a rate limit. It contains at most `burst` tokens, starts full, and is refilled continuously. */
export interface Bucket {
  /** Name of the limited caller or resource, such as `address:192.0.2.7`. */
  readonly name: string
  /** Number of tokens that are refilled into the rate limit bucket per minute. */
  readonly perMinute: number
  /** Maximum number of tokens in the rate limit bucket, which can be taken at once. */
  readonly burst: number
}

/** Result of a limiter for one call. The numbers are those of the tightest bucket: the one with the longest wait, then the fewest tokens. */
export interface Decision {
  readonly admitted: boolean
  /** Capacity of the rate limit's tightest bucket, in tokens. */
  readonly limit: number
  /** Number of whole tokens left in the rate limit's tightest bucket. */
  readonly remaining: number
  /** Time in milliseconds until all rate limit buckets of the call have a token again; 0 if the call is admitted. */
  readonly retryAfterMs: number
  /** Time in milliseconds until the rate limit's tightest bucket is full again without further calls. */
  readonly resetMs: number
  /** Where the rate limit bucket is stored: in Redis or in this process. */
  readonly by: 'redis' | 'local'
}

/** Rate limiter with token buckets. */
export interface Limiter {
  /**
   * Takes one token from each bucket, or from none if one of them is empty.
   *
   * @param tenant owner of the buckets; buckets of two tenants with the same name are different
   * @param buckets at least one bucket
   */
  take(tenant: string, buckets: readonly Bucket[]): Promise<Decision>
}

/** Time in microseconds in which one token is refilled, rounded up so that the rate is never exceeded. */
export const stepMicroseconds = ({ perMinute }: Bucket): number => Math.ceil(60_000_000 / perMinute)
