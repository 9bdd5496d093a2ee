import { type RedisSend, redisScript, runScript } from '../redis-send.ts'
import { type Limiter, stepMicroseconds } from './limiter.ts'
import { decision } from './local-limiter.ts'

/**
 * Lua script that takes one token from each bucket. A key contains the time at which its bucket will be full again, in microseconds of Redis' clock.
 * ARGV has for each key the microseconds per token and the capacity in tokens. The result is five numbers: whether the call is admitted, and for the
 * tightest bucket its index, the remaining tokens, and the microseconds until it has a token and until it is full.
 */
const takeScript = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local fullAt, refused = {}, false
for i = 1, #KEYS do
  local span = ARGV[2 * i - 1] * ARGV[2 * i]
  local full = tonumber(redis.call('GET', KEYS[i]) or now)
  -- After a failover to another clock, or with a smaller bucket, at most one whole bucket is missing.
  fullAt[i] = math.max(now, math.min(full, now + span))
  if fullAt[i] + ARGV[2 * i - 1] - span > now then refused = true end
end
local tightest, left, wait, reset
for i = 1, #KEYS do
  local step = tonumber(ARGV[2 * i - 1])
  local span = step * ARGV[2 * i]
  local mustWait = math.max(0, fullAt[i] + step - span - now)
  local full = fullAt[i]
  if not refused then
    full = full + step
    redis.call('SET', KEYS[i], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
  end
  local remaining = math.max(0, math.floor((span - (full - now)) / step))
  if not tightest or mustWait > wait or (mustWait == wait and remaining < left) then
    tightest, left, wait, reset = i, remaining, mustWait, full - now
  end
end
return {refused and 0 or 1, tightest, left, wait, reset}
`)

const isNumbers = (value: unknown): value is [number, number, number, number, number] =>
  Array.isArray(value) && value.length === 5 && value.every((item) => typeof item === 'number')

/**
 * Creates a limiter with buckets in a Redis server or cluster, which are exact for all processes because Redis' clock is used. All keys of a tenant
 * have the same hash tag: `<prefix>:{<tenant>}:<name>`.
 *
 * @param prefix prefix of all keys, so that the ACL of a Redis user can restrict it to these keys
 */
export function createRedisLimiter(send: RedisSend, prefix: string): Limiter {
  return {
    async take(tenant, buckets) {
      // A brace in a tenant's name would end the hash tag early.
      const tag = `${prefix}:{${encodeURIComponent(tenant)}}`
      const keys = buckets.map(({ name }) => `${tag}:${name}`)
      const words = buckets.flatMap((bucket) => [String(stepMicroseconds(bucket)), String(bucket.burst)])
      const answer = await runScript(send, takeScript, keys, words)
      if (!isNumbers(answer))
        throw new Error(
          `Invalid answer of Redis to the rate limiter: ${JSON.stringify(answer)}. Expected five numbers.`,
        )
      const [admitted, tightest, remaining, wait, reset] = answer
      return decision(admitted === 1, { limit: buckets[tightest - 1]?.burst ?? 0, remaining, wait, reset }, 'redis')
    },
  }
}
