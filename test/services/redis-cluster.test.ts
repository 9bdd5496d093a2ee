import { redisCredentials } from '@hadal/infra/secrets/redis-credentials'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { nodesPassword, useRedisCluster } from '@hadal/runtime/fixtures/redis/redis-cluster'
import { startTestServer, type TestServer } from '@hadal/runtime/fixtures/start-test-server'
import { afterEach, describe, expect, test } from 'vitest'

const password = 'application-password'
const credentials = redisCredentials(soundEnvironment({ redis: { kind: 'cluster' } }), nodesPassword, password)
const cluster = useRedisCluster(credentials['redis-credentials/acl'] ?? '')
const database = createDatabase()
/** Database of a second server. Servers with the same database share their runs, but this test must know which server makes the model call. */
const anotherDatabase = createDatabase()
const file = effectsFiles()
const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain()
})

/** Starts a server with the variables that charts write for a Redis cluster, as the user in its secrets. */
async function start(databaseUrl = database()): Promise<TestServer> {
  const { username } = new URL(credentials['redis-credentials/url'] ?? '')
  const server = await startTestServer(databaseUrl, {
    REDIS_URL: cluster().url(username, password),
    REDIS_MODE: 'cluster',
    REDIS_TLS: 'verify',
    REDIS_CA_FILE: cluster().certificates.authority,
    // Redis may be slow on a busy machine.
    REDIS_TIMEOUT_MILLISECONDS: '2000',
    CACHE_TTL_SECONDS: '600',
    REQUEST_LIMIT_PER_MINUTE: '6000',
    REQUEST_LIMIT_BURST: '1000',
  })
  servers.push(server)
  return server
}

interface Answer {
  readonly content: unknown
  readonly response_metadata: Readonly<Record<string, unknown>>
}

async function ask({ client }: TestServer, content: string): Promise<Answer | undefined> {
  const { thread_id } = await client.threads.create()
  const values = await client.runs.wait(thread_id, 'telling', { input: { messages: [{ role: 'user', content }] } })
  return (values as { messages: Answer[] }).messages.at(-1)
}

const metrics = async (server: TestServer): Promise<string> =>
  (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()

describe('a server on a Redis cluster with TLS, as the user in the secrets', () => {
  test('shares cached answers and rate limits with other servers', async () => {
    const [one, other] = [await start(), await start(anotherDatabase())]
    const { path, lines } = file()
    // More keys than nodes, so that each node is used.
    const questions = Array.from({ length: 12 }, (_, index) => `file: ${path} question ${index}`)
    for (const question of questions) await ask(one, question)
    for (const question of questions)
      expect(await ask(other, question)).toMatchObject({ content: 'told', response_metadata: { cached: true } })
    expect(lines()).toHaveLength(questions.length)
    const text = await metrics(other)
    expect(text).toContain('response_cache_errors_total{reason="store"} 0')
    expect(text).toMatch(/rate_limit_decisions_total\{where="request",decision="admitted",by="redis"\} [1-9]/)
    expect(text).toContain('rate_limit_decisions_total{where="request",decision="admitted",by="local"} 0')
    expect(await metrics(one)).toMatch(
      /rate_limit_decisions_total\{where="model",decision="admitted",by="redis"\} [1-9]/,
    )
  })

  test('ends every run while a master fails, and uses the replica that takes over', async () => {
    const server = await start()
    const { path, lines } = file()
    const load = Array.from({ length: 20 }, (_, index) => ask(server, `file: ${path} pause: 300 load ${index}`))
    await cluster().nodes[0]?.kill()
    const answers = await Promise.all(load)
    expect(answers.map((answer) => answer?.content)).toEqual(Array.from({ length: 20 }, () => 'told'))
    const questions = Array.from({ length: 12 }, (_, index) => `file: ${path} after ${index}`)
    const allKept = async (): Promise<boolean> => {
      const found = []
      for (const question of questions) found.push((await ask(server, question))?.response_metadata.cached)
      return found.every(Boolean)
    }
    await eventually(allKept, Boolean, 40_000)
    const asked = lines().length
    expect(await allKept()).toBe(true)
    expect(lines()).toHaveLength(asked)
  })
})
