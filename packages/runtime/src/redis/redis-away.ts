/** Thrown if Redis did not answer in time, or if no command is sent because Redis recently did not answer. The caller continues without Redis. */
export class RedisAway extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`Redis is unavailable: ${why}.`, options)
    this.name = 'RedisAway'
  }
}
