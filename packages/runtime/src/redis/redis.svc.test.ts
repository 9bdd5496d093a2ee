import { Redis } from 'ioredis'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type RedisAlone, startRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
/** Servers with the same database share their runs. Tests that must know which server calls the model use this separate database. */
const anotherDatabase = createDatabase()
const file = effectsFiles()
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function startRedis(): Promise<RedisAlone> {
  const redis = await startRedisAlone()
  ends.push(() => redis.kill())
  return redis
}

/** Settings with a timeout of Redis commands that is long enough on a busy machine; a test that stops Redis uses the default. */
const patient = { REDIS_TIMEOUT_MILLISECONDS: '5000' }
const usual = { REDIS_TIMEOUT_MILLISECONDS: '100' }

const settings = (redis: string, more: Readonly<Record<string, string>> = {}) => ({
  REDIS_URL: redis,
  CACHE_TTL_SECONDS: '600',
  ...patient,
  ...more,
})

async function startProcess(redis: RedisAlone, databaseUrl: string): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: databaseUrl, ...settings(redis.url) })
  ends.push(() => server.end('SIGTERM'))
  return server
}

const startTwo = async (redis: RedisAlone): Promise<[ServerProcess, ServerProcess]> => [
  await startProcess(redis, database()),
  await startProcess(redis, anotherDatabase()),
]

async function startHere(redis: string, more: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const server = await startTestServer(database(), settings(redis, more))
  ends.push(() => server.drain())
  return server
}

interface Answer {
  readonly content: unknown
  readonly response_metadata: Readonly<Record<string, unknown>>
  readonly usage_metadata?: { readonly total_tokens: number }
}

/** Sends a question to the agent in a new thread, with the official client. */
async function ask({ client }: Pick<ServerProcess, 'client'>, content: string): Promise<Answer> {
  const { thread_id } = await client.threads.create()
  const values = await client.runs.wait(thread_id, 'telling', { input: { messages: [{ role: 'user', content }] } })
  const { messages } = values as { messages: Answer[] }
  const last = messages.at(-1)
  if (!last) throw new Error('The agent returned no message.')
  return last
}

const metric = async (server: TestServer, line: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
  const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `))
  return found === undefined ? Number.NaN : Number(found.slice(line.length))
}

const ready = async (server: { readonly url: string }): Promise<unknown> => {
  const answer = await fetch(`${server.url}/ready`)
  return { status: answer.status, body: await answer.json() }
}
const degraded = { status: 200, body: { status: 'ready', redis: 'degraded' } }
const whole = { status: 200, body: { status: 'ready', redis: 'ready' } }

describe('the response cache', () => {
  test('serves in one server process what was asked in another', async () => {
    const redis = await startRedis()
    const [one, other] = await startTwo(redis)
    const { path, lines } = file()
    const first = await ask(one, `file: ${path}`)
    const second = await ask(other, `file: ${path}`)
    expect([first.content, second.content, lines()]).toEqual(['told', 'told', ['asked']])
    expect(second.response_metadata).toMatchObject({ cached: true })
    expect(second.usage_metadata?.total_tokens).toBe(0)
  })

  test('calls the model once for the same request to two server processes at the same time', async () => {
    const redis = await startRedis()
    const servers = await startTwo(redis)
    const { path, lines } = file()
    const answers = await Promise.all(
      [...servers, ...servers, ...servers].map((server) => ask(server, `file: ${path} pause: 1000`)),
    )
    expect(answers.map(({ content }) => content)).toEqual(Array.from({ length: 6 }, () => 'told'))
    expect(lines()).toEqual(['asked'])
  })

  test('loses only hits when the process that holds a lock is killed', async () => {
    const redis = await startRedis()
    const [one, other] = await startTwo(redis)
    const { path, lines } = file()
    const lost = ask(one, `file: ${path} pause: 3000`).catch(() => undefined)
    await eventually(lines, (found) => found.length === 1)
    const waiting = ask(other, `file: ${path} pause: 3000`)
    await one.end('SIGKILL')
    expect((await waiting).content).toBe('told')
    await lost
    // The lost run would continue on the next server of this database, and change the counts of another test.
    const admin = new pg.Client({ connectionString: database() })
    await admin.connect()
    try {
      await admin.query("DELETE FROM pgboss.job WHERE name = 'run'")
      await admin.query('DELETE FROM hadal.thread')
    } finally {
      await admin.end()
    }
  })

  test('is counted by results and by saved tokens and time', async () => {
    const redis = await startRedis()
    const server = await startHere(redis.url)
    const { path } = file()
    const counted = (result: string) => metric(server, `response_cache_requests_total{result="${result}"}`)
    await ask(server, `file: ${path}`)
    expect([await counted('miss'), await counted('hit')]).toEqual([1, 0])
    // If Redis is slow for a moment, a request calls the model again instead of waiting.
    await eventually(
      async () => {
        await ask(server, `file: ${path}`)
        return counted('hit')
      },
      (hits) => hits === 2,
    )
    expect(await metric(server, 'response_cache_saved_seconds_total')).toBeGreaterThan(0)
    expect(await metric(server, 'redis_up')).toBe(1)
  })
})

describe('a server whose Redis', () => {
  test('is killed under load finishes every run, reports it, and uses Redis again after its restart', async () => {
    const redis = await startRedis()
    const server = await startHere(redis.url)
    const { path, lines } = file()
    await ask(server, `file: ${path}`)
    const load = async (from: number): Promise<Answer[]> =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) => ask(server, `file: ${path} pause: 200 load ${from + index}`)),
      )
    const before = load(0)
    await redis.kill()
    const answers = [...(await before), ...(await load(100))]
    expect(answers.map(({ content }) => content)).toEqual(Array.from({ length: 40 }, () => 'told'))
    expect(await ready(server)).toEqual(degraded)
    expect(await metric(server, 'redis_up')).toBe(0)
    expect(await metric(server, 'response_cache_errors_total{reason="store"}')).toBeGreaterThan(0)
    await redis.restart()
    await eventually(
      () => ready(server),
      (found) => JSON.stringify(found) === JSON.stringify(whole),
    )
    // Redis restarted empty: the first request is a miss, the second a hit.
    const asked = lines().length
    await ask(server, `file: ${path}`)
    await ask(server, `file: ${path}`)
    expect(lines()).toHaveLength(asked + 1)
  })

  test('is flushed repeatedly under load answers every run, and loses only hits', async () => {
    const redis = await startRedis()
    const limit = { REQUEST_LIMIT_PER_MINUTE: '60000', REQUEST_LIMIT_BURST: '1000' }
    const server = await startHere(redis.url, limit)
    const { path, lines } = file()
    let over = false
    const flushing = (async () => {
      for (; !over; await new Promise((resolve) => setTimeout(resolve, 20))) await flush(redis.url)
    })()
    // Ten different questions, and one that ten clients ask at the same time, whose lock is also flushed.
    const questions = Array.from({ length: 20 }, (_, index) => `load ${Math.min(index, 10)}`)
    const answers = await Promise.all(questions.map((question) => ask(server, `file: ${path} pause: 300 ${question}`)))
    over = true
    await flushing
    expect(answers.map(({ content }) => content)).toEqual(questions.map(() => 'told'))
    expect(lines().length).toBeGreaterThanOrEqual(11)
    expect(lines().length).toBeLessThanOrEqual(20)
    expect(await ready(server)).toEqual(whole)
    await ask(server, `file: ${path}`)
    await eventually(
      () => ask(server, `file: ${path}`),
      ({ response_metadata }) => response_metadata.cached === true,
    )
  })

  test('stops answering without closing its connections continues without it', async () => {
    const redis = await startRedis()
    const server = await startHere(redis.url, { ...usual, REQUEST_LIMIT_PER_MINUTE: '600', REQUEST_LIMIT_BURST: '400' })
    const { path } = file()
    await ask(server, `file: ${path}`)
    redis.pause()
    try {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => ask(server, `file: ${path} stopped ${index}`)),
      )
      expect(answers.map(({ content }) => content)).toEqual(Array.from({ length: 10 }, () => 'told'))
      expect(await ready(server)).toEqual(degraded)
      expect(
        await metric(server, 'rate_limit_decisions_total{where="request",decision="admitted",by="local"}'),
      ).toBeGreaterThan(0)
    } finally {
      redis.resume()
    }
    await eventually(
      () => ready(server),
      (found) => JSON.stringify(found) === JSON.stringify(whole),
    )
    await eventually(
      () => ask(server, `file: ${path}`),
      ({ response_metadata }) => response_metadata.cached === true,
    )
  })

  test('is missing starts without it', async () => {
    const server = await startHere('redis://127.0.0.1:1')
    expect(await ready(server)).toEqual(degraded)
    expect((await ask(server, 'a question')).content).toBe('told')
  })
})

describe('the limit of requests', () => {
  const limit = { REQUEST_LIMIT_PER_MINUTE: '1', REQUEST_LIMIT_BURST: '10' }
  const search = (server: { readonly url: string }, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}/threads/search`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    })
  let redis: RedisAlone | undefined
  const redisUrl = (): string => redis?.url ?? ''
  beforeAll(async () => {
    redis = await startRedisAlone()
    return () => redis?.kill()
  })

  test('is shared by all servers, and a refusal says when to retry', async () => {
    await flush(redisUrl())
    const [one, other] = [await startHere(redisUrl(), limit), await startHere(redisUrl(), limit)]
    const statuses = []
    for (let i = 0; i < 10; i++) statuses.push((await search(i % 2 ? one : other)).status)
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200))
    const refused = await search(one)
    expect(refused.status).toBe(429)
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    for (const name of ['RateLimit', 'X-RateLimit']) {
      expect(refused.headers.get(`${name}-Limit`)).toBe('10')
      expect(refused.headers.get(`${name}-Remaining`)).toBe('0')
      expect(Number(refused.headers.get(`${name}-Reset`))).toBeGreaterThan(500)
    }
    expect(await refused.json()).toEqual({
      detail: expect.stringContaining(`Too many requests: retry in ${seconds} s.`),
    })
    for (const path of ['/health', '/ready', '/ok', '/info'])
      expect((await fetch(`${one.url}${path}`)).status).toBe(200)
  })

  test('of a tenant is shared by all callers and servers', async () => {
    await flush(redisUrl())
    const ofTenant = {
      ...limit,
      REQUEST_LIMIT_PER_MINUTE: '0',
      TENANT_LIMIT_REQUESTS_PER_MINUTE: '10',
      TRUSTED_PROXIES: '1',
    }
    const servers = [await startHere(redisUrl(), ofTenant), await startHere(redisUrl(), ofTenant)]
    const statuses = []
    for (let i = 0; i < 12; i++) {
      for (const server of servers.slice(i % 2, (i % 2) + 1))
        statuses.push((await search(server, { 'x-forwarded-for': `203.0.113.${i}` })).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(statuses).toContain(429)
  })

  test('counts requests by address: other keys and X-Forwarded-For headers do not raise the limit', async () => {
    await flush(redisUrl())
    const server = await startHere(redisUrl(), limit)
    const statuses = []
    for (let i = 0; i < 11; i++)
      statuses.push((await search(server, { 'x-api-key': `key ${i}`, 'x-forwarded-for': `203.0.113.${i}` })).status)
    expect(statuses.at(-1)).toBe(429)
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
  })

  test('applies to each key separately behind a trusted proxy, from any address', async () => {
    await flush(redisUrl())
    const server = await startHere(redisUrl(), { ...limit, TRUSTED_PROXIES: '1' })
    const from = (index: number, key: string) =>
      search(server, { authorization: `Bearer ${key}`, 'x-forwarded-for': `1.1.1.1, 203.0.113.${index}` })
    for (let i = 0; i < 10; i++) expect((await from(i, 'one')).status).toBe(200)
    expect((await from(20, 'one')).status).toBe(429)
    expect((await from(21, 'other')).status).toBe(200)
  })

  test('is a stricter one per process while Redis is unavailable', async () => {
    const server = await startHere('redis://127.0.0.1:1', limit)
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await search(server)).status)
    expect(statuses).toEqual([200, 200, 429, 429, 429])
    expect(await metric(server, 'rate_limit_decisions_total{where="request",decision="refused",by="local"}')).toBe(3)
  })
})

async function flush(url: string): Promise<void> {
  const client = new Redis(url)
  await client.flushall()
  client.disconnect()
}
