import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Bucket, stepMicroseconds } from '@hadal/middleware/rate-limit/limiter'
import { createRedisLimiter } from '@hadal/middleware/rate-limit/redis-limiter'
import { redisRights } from '@hadal/platform/redis-rights'
import { afterEach, describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { useRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { authorityOf, nodesPassword, useRedisCluster } from '../fixtures/redis/redis-cluster.ts'
import { RedisConnection, type RedisConnectionOptions } from './redis-connection.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, '../fixtures/redis/limiter-callers.ts')
const open: RedisConnection[] = []
afterEach(() => {
  for (const connection of open.splice(0)) connection.close()
})

async function connect(options: RedisConnectionOptions): Promise<RedisConnection> {
  const connection = new RedisConnection({ ...options, commandMs: 10_000 })
  open.push(connection)
  await eventually(() => connection.answers(), Boolean)
  return connection
}

const bucket = (name: string, burst = 60): Bucket => ({ name, perMinute: 60, burst })

/** Returns the time of the Redis node that stores the tenant's rate limit buckets, in microseconds. */
async function redisTime(connection: RedisConnection): Promise<number> {
  const time = await connection.send(
    'EVAL',
    "local t = redis.call('TIME') return t[1] * 1000000 + t[2]",
    '1',
    'hadal:{acme}',
  )
  return Number(time)
}

const digest = (password: string) => createHash('sha256').update(password).digest('hex')
const alone = useRedisAlone()
const cluster = useRedisCluster(
  `user default on #${digest(nodesPassword)} ~* &* +@all\nuser deep_agents on #${digest('secret')} ${redisRights}\n`,
)

describe.each([
  ['one Redis', (): RedisConnectionOptions => ({ url: alone().url, mode: 'standalone' })],
  [
    'a cluster with TLS and the rights of the server',
    (): RedisConnectionOptions => ({
      url: cluster().url('deep_agents', 'secret'),
      mode: 'cluster',
      authority: authorityOf(cluster()),
    }),
  ],
] as const)('a bucket on %s', (_, optionsOf) => {
  test('admits 64 callers of 4 processes exactly as often as the limit allows', async () => {
    const options = optionsOf()
    const connection = await connect(options)
    const wanted = bucket('exact')
    const begun = await redisTime(connection)
    const order = JSON.stringify({ options, bucket: wanted, callers: 16, forMs: 3_000 })
    const children = Array.from({ length: 4 }, () => run(process.execPath, [program, order]))
    const counts = (await Promise.all(children)).map(({ stdout }): { admitted: number; refused: number } =>
      JSON.parse(stdout),
    )
    const admitted = counts.reduce((sum, count) => sum + count.admitted, 0)
    const flowedIn = Math.floor(((await redisTime(connection)) - begun) / stepMicroseconds(wanted))
    expect(admitted).toBeLessThanOrEqual(wanted.burst + flowedIn)
    // At least two tokens were refilled during the calls.
    expect(admitted).toBeGreaterThanOrEqual(wanted.burst + 2)
    for (const { refused } of counts) expect(refused).toBeGreaterThan(0)
  })

  test('returns the remaining tokens, the time of the next token, and the time until it is full', async () => {
    const limiter = createRedisLimiter((await connect(optionsOf())).send, 'hadal:limit')
    const first = await limiter.take('acme', [bucket('told', 2)])
    expect(first).toMatchObject({ admitted: true, limit: 2, remaining: 1, retryAfterMs: 0, by: 'redis' })
    await limiter.take('acme', [bucket('told', 2)])
    const refused = await limiter.take('acme', [bucket('told', 2)])
    expect(refused).toMatchObject({ admitted: false, limit: 2, remaining: 0 })
    expect(refused.retryAfterMs).toBeGreaterThan(0)
    expect(refused.retryAfterMs).toBeLessThanOrEqual(1_000)
    expect(refused.resetMs).toBeGreaterThan(refused.retryAfterMs)
    expect(refused.resetMs).toBeLessThanOrEqual(2_000)
  })

  test('is not changed if another bucket of the same call is empty', async () => {
    const limiter = createRedisLimiter((await connect(optionsOf())).send, 'hadal:limit')
    await limiter.take('acme', [bucket('narrow', 1)])
    for (let i = 0; i < 5; i++)
      expect((await limiter.take('acme', [bucket('wide'), bucket('narrow', 1)])).admitted).toBe(false)
    expect((await limiter.take('acme', [bucket('wide')])).remaining).toBe(59)
  })

  test('belongs to one tenant, for every tenant name', async () => {
    const limiter = createRedisLimiter((await connect(optionsOf())).send, 'hadal:limit')
    for (const tenant of ['a}b', 'a', '{}', 'ä b'])
      expect(await limiter.take(tenant, [bucket('own', 1), bucket('second', 1)])).toMatchObject({ admitted: true })
    expect((await limiter.take('a}b', [bucket('own', 1)])).admitted).toBe(false)
  })

  test('has the tokens of the smaller size after its size is reduced', async () => {
    const limiter = createRedisLimiter((await connect(optionsOf())).send, 'hadal:limit')
    for (let i = 0; i < 50; i++) await limiter.take('acme', [bucket('shrunk')])
    const refused = await limiter.take('acme', [bucket('shrunk', 5)])
    expect(refused.admitted).toBe(false)
    expect(refused.retryAfterMs).toBeLessThanOrEqual(1_000)
  })
})
