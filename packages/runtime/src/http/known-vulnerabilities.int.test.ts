// Vulnerabilities that were found in other servers of this API and in its clients, each as a case against this server. CVE-2026-27022 (a query in the
// filters of a checkpointer on Redis) has none: this server keeps no threads, checkpoints or items in Redis, and sends no text of a client as a query.
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { clientOfPerson, headersOf, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
let server: TestServer
beforeAll(async () => {
  server = await startTestServer(database(), {}, peopleSignIn())
})
afterAll(() => server?.drain())

const alice = person('alice', ['read', 'run'])
const bob = person('bob', ['read', 'run'])
const input = { steps: 1 }

async function post(path: string, body: object): Promise<{ status: number; text: string }> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(bob) },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

async function threadOfAlice(): Promise<string> {
  const client = clientOfPerson(server.url, alice)
  const { thread_id: thread } = await client.threads.create({ metadata: { secret: 'hers' } })
  await client.runs.wait(thread, 'steps', { input })
  await client.store.putItem(['notes'], 'k', { secret: 'hers' })
  return thread
}

describe('CVE-2025-67644: SQL through the keys of a filter', () => {
  test.each([
    `x') OR true --`,
    `x' = '1' OR '1'='1`,
    `"; DROP TABLE hadal.thread; --`,
    `a->>'b' IS NOT NULL OR 1=1`,
    '$1',
    `\\'`,
  ])('finds nothing of others and breaks no statement: %s', async (key) => {
    const thread = await threadOfAlice()
    const { thread_id: own } = await clientOfPerson(server.url, bob).threads.create()
    const filter = { [key]: 1 }
    const asked: readonly (readonly [string, object])[] = [
      ['/threads/search', { metadata: filter, limit: 1_000 }],
      ['/threads/search', { values: filter, limit: 1_000 }],
      ['/threads/search', { metadata: { nested: filter }, limit: 1_000 }],
      ['/threads/search', { limit: 1_000, extract: { found: `metadata.${key}` } }],
      ['/threads/search', { limit: 1_000, select: [`values.${key}`] }],
      ['/threads/count', { metadata: filter }],
      ['/assistants/search', { metadata: filter, name: key }],
      [`/threads/${own}/history`, { metadata: filter }],
      ['/store/items/search', { filter }],
      ['/store/items/search', { filter: { [key]: { $gt: key } } }],
      ['/store/namespaces', { prefix: ['notes'], suffix: ['notes'] }],
    ]
    for (const [path, body] of asked) {
      const { status, text } = await post(path, body)
      expect([path, [200, 422].includes(status)]).toEqual([path, true])
      expect(text).not.toContain('hers')
      expect(text).not.toContain(thread)
    }
    expect((await clientOfPerson(server.url, alice).threads.get(thread)).thread_id).toBe(thread)
  })
})

/** Sends a request whose path no client library has normalized. @returns the response as text, with its headers */
const answerTo = (path: string, headers: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let answer = ''
    const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    socket.on('data', (bytes) => {
      answer += String(bytes)
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  })
const statusIn = (answer: string): number => Number(answer.split(' ')[1])

describe('CVE-2026-48776: another path by an id', () => {
  test.each(['..', '../store/items', '..%2Fstore%2Fitems', '%2e%2e/info', '.', 'x/../../info', '%00', '../ok'])(
    'needs the sign-in and shows nothing of others: %s',
    async (id) => {
      await threadOfAlice()
      for (const path of [`/threads/${id}`, `/threads/${id}/state`, `/assistants/${id}`, `/threads/x/runs/${id}`]) {
        const answer = await answerTo(path, headersOf(bob))
        // The server resolves the dots before it chooses the route, as each client does: the answer is that of the other route to the same caller.
        expect([path, [200, 400, 404, 422].includes(statusIn(answer))]).toEqual([path, true])
        expect(answer).not.toContain('hers')
        const resolved = new URL(path, server.url).pathname
        if (!['/health', '/ready', '/ok'].includes(resolved)) expect(statusIn(await answerTo(path, {}))).toBe(401)
      }
    },
  )
})

test('CVE-2026-44504 and GHSA-747p: no run starts on the thread of another user, however its id came', async () => {
  const thread = await threadOfAlice()
  const body = { assistant_id: 'steps', input }
  for (const [path, more] of [
    [`/threads/${thread}/runs`, {}],
    [`/threads/${thread}/runs`, { if_not_exists: 'create' }],
    [`/threads/${thread}/runs/wait`, { if_not_exists: 'create', multitask_strategy: 'interrupt' }],
    ['/runs', { config: { configurable: { thread_id: thread } } }],
    ['/runs', { checkpoint: { thread_id: thread } }],
  ] as const) {
    const { text } = await post(path, { ...body, ...more })
    expect(text).not.toContain('hers')
  }
  expect(await clientOfPerson(server.url, alice).runs.list(thread)).toHaveLength(1)
})

test('GHSA-jfj5: a run needs an assistant that its caller may read, also if it may search others', async () => {
  const { assistant_id: assistant } = await clientOfPerson(server.url, alice).assistants.create({
    graphId: 'steps',
    config: { configurable: { secret: 'hers' } },
  })
  for (const path of ['/runs', '/runs/wait', '/runs/stream']) {
    const { status, text } = await post(path, { assistant_id: assistant, input })
    expect([status, text.includes('hers')]).toEqual([404, false])
  }
  const batch = await post('/runs/batch', [{ assistant_id: assistant, input }])
  expect(batch.status).toBe(404)
})

describe('a path that only resembles a probe', () => {
  test.each([
    '/health/',
    '/health/x',
    '/healthz',
    '//health',
    '/HEALTH',
    '/ok/..',
    '/ready/../threads',
    '/threads?/health',
    '/%68ealth/',
    '/info',
    '/docs',
  ])('needs a sign-in: %s', async (path) => {
    expect(statusIn(await answerTo(path, {}))).toBe(401)
  })

  test.each(['/health', '/ready', '/ok'])('is open: %s', async (path) => {
    expect(statusIn(await answerTo(path, {}))).toBe(200)
  })
})
