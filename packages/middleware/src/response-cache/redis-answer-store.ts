import { type RedisSend, redisScript, runScript } from '../redis-send.ts'
import { text } from '../unknown-value.ts'
import type { AnswerStore } from './answer-store.ts'

const beginScript = redisScript(`
local answer = redis.call('GET', KEYS[1])
if answer then return {0, answer} end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {1} end
return {0}
`)
const renewScript = redisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`)
const endScript = redisScript(`
if ARGV[2] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1
`)

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * Creates an answer store in a Redis server or cluster. The keys are `<prefix>:{<key>}:answer` and, during a model call, `<prefix>:{<key>}:lock`.
 * Both expire.
 *
 * @param prefix prefix of all keys, so that the ACL of a Redis user can restrict it to these keys
 */
export function createRedisAnswerStore(send: RedisSend, prefix: string): AnswerStore {
  const answerKey = (key: string): string => `${prefix}:{${key}}:answer`
  const lockKey = (key: string): string => `${prefix}:{${key}}:lock`
  const both = (key: string): string[] => [answerKey(key), lockKey(key)]
  return {
    async begin(key, token, forMs) {
      const [locked, answer] = list(await runScript(send, beginScript, both(key), [token, String(forMs)]))
      return { answer: text(answer), locked: locked === 1 }
    },
    async look(key) {
      const [answer, lock] = list(await send('MGET', ...both(key)))
      return { answer: text(answer), locked: typeof lock === 'string' }
    },
    renew: async (key, token, forMs) =>
      (await runScript(send, renewScript, [lockKey(key)], [token, String(forMs)])) === 1,
    async end(key, token, answer) {
      const kept = answer ? [answer.value, String(Math.ceil(answer.ttlSeconds * 1_000))] : []
      await runScript(send, endScript, both(key), [token, ...kept])
    },
  }
}
