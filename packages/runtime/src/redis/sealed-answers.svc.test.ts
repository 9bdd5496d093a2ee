import { createRedisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import { generateFernetKey } from '@hadal/platform/fernet'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { createSeals } from '../secrets/create-seals.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { RedisConnection } from './redis-connection.ts'
import { sealedAnswerStore } from './sealed-answer-store.ts'

const redis = useRedisAlone()
let client: Redis
let connection: RedisConnection
beforeAll(async () => {
  client = new Redis(redis().url)
  connection = new RedisConnection({ url: redis().url, mode: 'standalone', commandMs: 5_000 })
  await connection.connected(5_000)
})
afterAll(() => {
  connection?.close()
  client?.disconnect()
})

const sealsWith = (key: string): Seals => {
  const seals = createSeals({ ENCRYPTION: 'required', ENCRYPTION_KEY: key })
  if (!seals) throw new Error('The key is missing.')
  return seals
}
const storeWith = (key: string) =>
  sealedAnswerStore(createRedisAnswerStore(connection.send, 'hadal:answer'), sealsWith(key))

test('an answer in Redis contains no text of the model, and only its own key opens it', async () => {
  const [old, recent] = [generateFernetKey(), generateFernetKey()]
  const store = storeWith(old)
  await store.begin('one', 'token', 1_000)
  await store.end('one', 'token', { value: '{"text":"canary"}', ttlSeconds: 60 })
  expect(await store.look('one')).toMatchObject({ answer: '{"text":"canary"}' })
  const keys = await client.keys('*')
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(JSON.stringify(await client.dump(key))).not.toContain('canary')
  expect((await storeWith(`${recent},${old}`).look('one')).answer).toBe('{"text":"canary"}')
  // The cache takes this for corrupt, and replaces it.
  expect((await storeWith(recent).look('one')).answer).toMatch(/^hadal:sealed:/)
  await client.rename(keys[0] ?? '', (keys[0] ?? '').replace('one', 'two'))
  expect((await store.look('two')).answer).toMatch(/^hadal:sealed:/)
})
