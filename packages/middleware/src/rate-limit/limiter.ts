/** One bucket: it holds `burst` tokens at most, starts full, and is filled continuously. */
export interface Bucket {
  /** Of whom or what, e.g. `address:192.0.2.7`. */
  readonly name: string
  /** Tokens that flow in. */
  readonly perMinute: number
  /** Tokens that a quiet caller may take at once. */
  readonly burst: number
}

export interface Decision {
  readonly admitted: boolean
  /** The bucket that is tightest: its capacity, and the whole tokens left in it. */
  readonly limit: number
  readonly remaining: number
  /** How long until all buckets have a token again; 0 when admitted. */
  readonly retryAfterMs: number
  /** How long until the tightest bucket is full again, if nobody takes. */
  readonly resetMs: number
  readonly by: 'redis' | 'local'
}

export interface Limiter {
  /**
   * Takes a token of each bucket, or of none where one of them is empty.
   *
   * @param tenant whose buckets they are; the same names of two tenants are two buckets
   * @param buckets one or more
   */
  take(tenant: string, buckets: readonly Bucket[]): Promise<Decision>
}

/** Microseconds until one more token: rounded up, so that what is admitted is never more than what is allowed. */
export const stepMicroseconds = ({ perMinute }: Bucket): number => Math.ceil(60_000_000 / perMinute)
