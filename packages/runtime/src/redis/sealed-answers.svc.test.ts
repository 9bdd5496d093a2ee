import { createRedisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import { generateFernetKey } from '@hadal/platform/fernet'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { human, required, key as serversKey } from '../fixtures/encrypted-database.ts'
import { useRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { createSeals } from '../secrets/create-seals.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { RedisConnection } from './redis-connection.ts'
import { sealedAnswerStore } from './sealed-answer-store.ts'

const redis = useRedisAlone()
const database = createDatabase()
const file = effectsFiles()
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

test('a server answers from the cache, and no key or value of Redis has the text of the answer', async () => {
  await client.flushall()
  const server = await startTestServer(database(), {
    ...required(serversKey),
    REDIS_URL: redis().url,
    REDIS_TIMEOUT_MILLISECONDS: '5000',
    CACHE_TTL_SECONDS: '600',
  })
  try {
    const { path, lines } = file()
    for (let turn = 0; turn < 2; turn += 1)
      await server.client.runs.wait(null, 'telling', { input: human(`file: ${path}`) })
    expect(lines()).toEqual(['asked'])
    const keys = await client.keys('*')
    expect(keys.some((name) => name.includes('answer'))).toBe(true)
    for (const name of keys) {
      const value = (await client.dumpBuffer(name)).toString('latin1')
      expect([name.includes(path), value.includes('told'), value.includes(path)]).toEqual([false, false, false])
    }
  } finally {
    await server.drain()
  }
})
