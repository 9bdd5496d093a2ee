import type { AnswerStore } from '@hadal/middleware/response-cache/answer-store'
import { createMemoryAnswerStore } from '@hadal/middleware/response-cache/memory-answer-store'
import { createRedisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import { afterAll, describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { useRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { RedisConnection } from './redis-connection.ts'

const redis = useRedisAlone()
let connection: RedisConnection | undefined
afterAll(() => connection?.close())

async function inRedis(): Promise<AnswerStore> {
  if (!connection) {
    connection = new RedisConnection({ url: redis().url, mode: 'standalone', commandMs: 5_000 })
    await connection.connected(5_000)
  }
  return createRedisAnswerStore(connection.send, 'hadal:answer')
}

describe.each([
  ['in memory', async () => createMemoryAnswerStore()],
  ['in Redis', inRedis],
] as const)('answers %s', (_, open) => {
  test('are found until they expire', async () => {
    const store = await open()
    expect(await store.look('a')).toEqual({ answer: undefined, locked: false })
    await store.end('a', 'mine', { value: 'one', ttlSeconds: 1 })
    expect(await store.look('a')).toEqual({ answer: 'one', locked: false })
    expect(await store.begin('a', 'mine', 10_000)).toEqual({ answer: 'one', locked: false })
    await eventually(
      () => store.look('a'),
      ({ answer }) => answer === undefined,
      3_000,
    )
  })

  test('are made by the holder of the lock only, until it releases the lock', async () => {
    const store = await open()
    expect(await store.begin('b', 'mine', 10_000)).toEqual({ answer: undefined, locked: true })
    expect(await store.begin('b', 'yours', 10_000)).toEqual({ answer: undefined, locked: false })
    await store.end('b', 'yours', undefined)
    expect((await store.look('b')).locked).toBe(true)
    await store.end('b', 'mine', undefined)
    expect((await store.begin('b', 'yours', 10_000)).locked).toBe(true)
    await store.end('b', 'yours', { value: 'made', ttlSeconds: 60 })
    expect(await store.look('b')).toEqual({ answer: 'made', locked: false })
  })

  test('have a lock that expires with its holder, and lasts while it is renewed', async () => {
    const store = await open()
    await store.begin('c', 'mine', 200)
    expect(await store.renew('c', 'yours', 60_000)).toBe(false)
    expect(await store.renew('c', 'mine', 400)).toBe(true)
    await eventually(
      () => store.look('c'),
      ({ locked }) => !locked,
      5_000,
    )
    expect(await store.renew('c', 'mine', 400)).toBe(false)
  })
})
