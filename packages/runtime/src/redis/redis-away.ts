/** Redis did not answer in time, or is not asked at all since it did not lately. Whoever uses it goes on without. */
export class RedisAway extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`Redis is away: ${why}.`, options)
    this.name = 'RedisAway'
  }
}
