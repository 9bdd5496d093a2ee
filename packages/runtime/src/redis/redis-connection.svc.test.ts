import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisRights } from '@hadal/platform/redis-rights'
import { afterEach, describe, expect, test } from 'vitest'
import { makeAuthority } from '../fixtures/certificates.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { authorityOf, nodesPassword, useRedisCluster } from '../fixtures/redis/redis-cluster.ts'
import { RedisAway } from './redis-away.ts'
import { RedisConnection, type RedisConnectionOptions } from './redis-connection.ts'

const restMs = 300
/** Timeout of a Redis command in milliseconds that is long enough on a busy machine. */
const patient = { commandMs: 2_000 }
const open: RedisConnection[] = []
afterEach(() => {
  for (const connection of open.splice(0)) connection.close()
})

function connect(options: RedisConnectionOptions): { connection: RedisConnection; heard: boolean[] } {
  const heard: boolean[] = []
  const connection = new RedisConnection({ restMs, onChange: (up) => heard.push(up), ...options })
  open.push(connection)
  return { connection, heard }
}

const answers = (connection: RedisConnection) => eventually(() => connection.answers(), Boolean)

/** Returns how long work takes, in milliseconds. */
async function duration(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work().catch(() => {})
  return performance.now() - begun
}

describe('a connection to one Redis', () => {
  const redis = useRedisAlone()
  const options = () => ({ url: redis().url, mode: 'standalone' as const })

  test('answers, and stays up after an error response', async () => {
    const { connection, heard } = connect({ ...patient, ...options() })
    expect(await connection.connected(5_000)).toBe(true)
    expect(await connection.send('SET', 'a', '1')).toBe('OK')
    expect(await connection.send('GET', 'a')).toBe('1')
    await expect(connection.send('INCR')).rejects.toThrow('wrong number of arguments')
    expect([connection.up, heard]).toEqual([true, []])
  })

  test('waits for one timeout when Redis stops answering, then fails at once', async () => {
    const { connection, heard } = connect({ ...options(), restMs: 60_000 })
    await connection.connected(5_000)
    redis().pause()
    try {
      await expect(connection.send('GET', 'a')).rejects.toThrow(
        'Redis is unavailable: it did not answer within 100 ms.',
      )
      expect(connection.up).toBe(false)
      // With an open circuit breaker, no command waits.
      for (let i = 0; i < 100; i++)
        await expect(connection.send('GET', 'a')).rejects.toThrow('recent commands had no response')
    } finally {
      redis().resume()
    }
    expect(heard).toEqual([false])
  })

  test('sends one probe after its rest, and every command after the probe was answered', async () => {
    const { connection, heard } = connect(options())
    await connection.connected(5_000)
    redis().pause()
    await expect(connection.send('GET', 'a')).rejects.toThrow(RedisAway)
    redis().resume()
    await answers(connection)
    expect([connection.up, heard]).toEqual([true, [false, true]])
  })

  test('survives the death of Redis and is used again after its restart', async () => {
    const { connection, heard } = connect(options())
    await connection.connected(5_000)
    await redis().restart()
    await answers(connection)
    expect(await connection.send('SET', 'a', '2')).toBe('OK')
    expect(heard.at(-1) ?? true).toBe(true)
  })

  test('does not wait for a missing Redis, and connects later', async () => {
    const { connection } = connect({ ...options(), url: 'redis://127.0.0.1:1' })
    expect(await connection.connected(50)).toBe(false)
    expect(await connection.answers()).toBe(false)
    expect(connection.up).toBe(false)
  })

  test('does not repeat an unanswered command', async () => {
    const { connection } = connect({ ...options(), commandMs: 500 })
    await connection.connected(5_000)
    await connection.send('SET', 'count', '0')
    redis().pause()
    await expect(connection.send('INCR', 'count')).rejects.toThrow(RedisAway)
    // Long enough for the client to replace the connection.
    const ms = await duration(() => eventually(() => connection.answers(), Boolean, 1_500))
    expect(ms).toBeGreaterThan(1_000)
    redis().resume()
    await answers(connection)
    expect(Number(await connection.send('GET', 'count'))).toBeLessThanOrEqual(1)
  })
})

describe('a connection to a cluster with TLS and users', () => {
  const digest = (password: string) => createHash('sha256').update(password).digest('hex')
  const cluster = useRedisCluster(
    [
      `user default on #${digest(nodesPassword)} ~* &* +@all`,
      `user deep_agents on #${digest('secret')} ${redisRights}`,
      '',
    ].join('\n'),
  )
  const options = () => ({
    ...patient,
    url: cluster().url('deep_agents', 'secret'),
    mode: 'cluster' as const,
    authority: authorityOf(cluster()),
  })

  test('reaches the keys of every node with the permissions of the server', async () => {
    const { connection } = connect(options())
    await answers(connection)
    const keys = Array.from({ length: 30 }, (_, index) => `hadal:test:${index}`)
    for (const key of keys) await connection.send('SET', key, key, 'PX', '60000')
    for (const key of keys) expect(await connection.send('GET', key)).toBe(key)
  })

  test.each([
    ["another's key", ['GET', 'other:key'], 'NOPERM'],
    ['every key', ['KEYS', 'hadal:*'], 'NOPERM'],
    ['the configuration', ['CONFIG', 'GET', '*'], 'NOPERM'],
    ['all data', ['FLUSHALL'], 'NOPERM'],
    ['users', ['ACL', 'LIST'], 'NOPERM'],
    ['a channel', ['PUBLISH', 'hadal:a', 'b'], 'NOPERM'],
  ])('is refused %s', async (_, command, refusal) => {
    const { connection } = connect(options())
    await answers(connection)
    const [name = '', ...words] = command
    await expect(connection.send(name, ...words)).rejects.toThrow(refusal)
  })

  test('refuses a certificate of an authority that it does not know', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hadal-certificates-'))
    try {
      const authority = readFileSync((await makeAuthority(folder, 'another')).certificate, 'utf8')
      for (const other of [authority, undefined]) {
        const { connection } = connect({ ...options(), authority: other })
        expect(await connection.connected(1_000)).toBe(false)
        expect(await connection.answers()).toBe(false)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('rejects a certificate with another name', async () => {
    const { connection } = connect({ ...options(), url: options().url.replace('localhost', '127.0.0.1') })
    expect(await connection.connected(1_000)).toBe(false)
    expect(await connection.answers()).toBe(false)
  })

  test('is used again after the failover of a master to its replica', async () => {
    const { connection } = connect(options())
    await answers(connection)
    const keys = Array.from({ length: 30 }, (_, index) => `hadal:failover:${index}`)
    for (const key of keys) await connection.send('SET', key, 'before')
    await cluster().nodes[1]?.kill()
    const written = async (key: string): Promise<boolean> => {
      try {
        return (await connection.send('SET', key, 'after')) === 'OK'
      } catch {
        return false
      }
    }
    for (const key of keys) await eventually(() => written(key), Boolean)
    for (const key of keys) expect(await connection.send('GET', key)).toBe('after')
  })
})
