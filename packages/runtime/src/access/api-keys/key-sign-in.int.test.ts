import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { type MadeKey, makeKey } from '../../fixtures/make-key.ts'
import { sessionsEnded } from '../../fixtures/sessions-ended.ts'
import { clientOf, startTestServer, type TestServer, useTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { type WrittenProject, writeProject } from '../../fixtures/write-project.ts'
import { newKeyText } from './key-text.ts'

const database = createDatabase()
const access = { ACCESS: JSON.stringify({ kind: 'api-keys' }) }
const server = useTestServer(database, access)
let ada: MadeKey
beforeAll(async () => {
  ada = await makeKey(database(), { user: 'ada', roles: ['read', 'run'] })
})

const sql = (text: string, values: unknown[] = []) => withClient(database(), (client) => client.query(text, values))
const get = (headers: Record<string, string>, path = '/info', { url } = server()): Promise<Response> =>
  fetch(url + path, { headers })
/** Status and sentence of the response to a request with a key. */
const answer = async (key: string): Promise<[number, string]> => {
  const response = await get({ 'x-api-key': key })
  return [response.status, response.ok ? '' : ((await response.json()) as { detail: string }).detail]
}

describe('a request with an API key', () => {
  test('is accepted from the official client', async () => {
    const client = clientOf(server().url, ada.text)
    const { thread_id } = await client.threads.create()
    expect(await client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })).toMatchObject({ done: [1] })
  })

  test.each([
    ['x-api-key', () => ({ 'x-api-key': ada.text })],
    ['Authorization', () => ({ authorization: `Bearer ${ada.text}` })],
    ['both headers', () => ({ 'x-api-key': ada.text, authorization: `bearer ${ada.text}` })],
    [
      'Authorization beside a key of LangSmith',
      () => ({ 'x-api-key': 'lsv2_pt_0', authorization: `Bearer ${ada.text}` }),
    ],
  ])('is accepted by %s', async (_name, headers) => {
    expect((await get(headers())).status).toBe(200)
  })

  test('is refused with two different keys', async () => {
    const other = await makeKey(database(), { user: 'bob', roles: ['read'] })
    const response = await get({ 'x-api-key': ada.text, authorization: `Bearer ${other.text}` })
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      401,
      expect.stringContaining('Send one key.'),
    ])
  })
})

describe('a request without a valid key', () => {
  test.each(['/info', '/openapi.json', '/docs', '/', '/threads/5', '/nothing', '/runs/5/stream'])(
    'is refused on %s',
    async (path) => {
      const response = await get({}, path)
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect(((await response.json()) as { detail: string }).detail).toContain(
        'This server requires an API key that begins with "hadal_".',
      )
    },
  )

  test.each(['/health', '/ready', '/ok'])('is accepted on %s', async (path) => {
    expect((await get({}, path)).status).toBe(200)
  })

  test('says what is wrong with the key', async () => {
    const [unknown, expired, revoked] = [
      newKeyText(),
      await makeKey(database(), { user: 'ada', roles: ['read'] }),
      await makeKey(database(), { user: 'ada', roles: ['read'] }),
    ]
    await sql("UPDATE hadal.api_key SET expires_at = now() - interval '1 second' WHERE key_id = $1", [expired.id])
    await sql('UPDATE hadal.api_key SET revoked_at = now() WHERE key_id = $1', [revoked.id])
    expect(await answer(`${ada.text.slice(0, -1)}!`)).toEqual([
      401,
      expect.stringContaining('its checksum does not match'),
    ])
    expect(await answer('sk-another')).toEqual([401, expect.stringContaining('This server requires an API key')])
    expect(await answer(unknown)).toEqual([401, expect.stringContaining('is not a key of this server')])
    expect(await answer(expired.text)).toEqual([
      401,
      `The API key ${expired.id} has expired. Ask an administrator for a new key ("hadal-runtime keys create").`,
    ])
    expect(await answer(revoked.text)).toEqual([401, expect.stringContaining(`The API key ${revoked.id} is revoked.`)])
  })

  test('does not tell a wrong secret of a known id from an unknown id', async () => {
    // The hash is what the secret is compared by, so another hash is a wrong secret.
    const key = await makeKey(database(), { user: 'ada', roles: ['read'] })
    await sql('UPDATE hadal.api_key SET hash = $1, revoked_at = now() WHERE key_id = $2', [randomBytes(32), key.id])
    expect(await answer(key.text)).toEqual([
      401,
      expect.stringContaining(`The API key ${key.id} is not a key of this server.`),
    ])
  })

  test('is logged and counted without the key', async () => {
    const unknown = newKeyText()
    const isItsLine = ({ event, key_id }: Record<string, unknown>): boolean =>
      event === 'sign_in_refused' && unknown.includes(String(key_id))
    // The log has at most ten of these lines per second, and the tests before may have used them up.
    const line = await eventually(
      async () => {
        await answer(unknown)
        return server().logged.find(isItsLine)
      },
      (found) => found !== undefined,
    )
    expect(line).toMatchObject({
      level: 'warn',
      outcome: 'unknown',
      method: 'GET',
      path: '/info',
      address: expect.any(String),
    })
    expect(JSON.stringify(server().logged)).not.toContain(unknown.split('_')[2])
    const metrics = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
    expect(metrics).toMatch(/sign_ins_total\{kind="api-keys",outcome="accepted"\} [1-9]/)
    expect(metrics).toMatch(/sign_ins_total\{kind="api-keys",outcome="unknown"\} [1-9]/)
  })
})

test('the metric of expiring keys counts the valid ones that no newer key replaces', async () => {
  const keys = [1, 2, 3, 4].map(() => makeKey(database(), { user: 'eve', roles: ['read'] }))
  const [soon, revoked, replaced, newer] = await Promise.all(keys)
  const within = "UPDATE hadal.api_key SET expires_at = now() + interval '13 days' WHERE key_id = ANY($1)"
  await sql(within, [[soon?.id, revoked?.id, replaced?.id]])
  await sql('UPDATE hadal.api_key SET revoked_at = now() WHERE key_id = $1', [revoked?.id])
  await sql('UPDATE hadal.api_key SET replaces = $1 WHERE key_id = $2', [replaced?.id, newer?.id])
  const metrics = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  expect(metrics).toContain('api_keys_expiring 1\n')
})

describe('statements for keys', () => {
  const counted = createDatabase()
  const query = (text: string, values: unknown[] = []) => withClient(counted(), (client) => client.query(text, values))
  beforeAll(async () => {
    // Connections count calls of functions from their start on.
    await query(`ALTER DATABASE ${new URL(counted()).pathname.slice(1)} SET track_functions = 'pl'`)
  })

  /** Number of lookups of keys in the database so far. Exact without servers: PostgreSQL counts the calls of a session at the latest when it ends. */
  const lookups = async (): Promise<number> => {
    await sessionsEnded(counted())
    const { rows } = await query("SELECT calls::int FROM pg_stat_user_functions WHERE funcname = 'find_api_keys_v1'")
    return rows[0]?.calls ?? 0
  }
  /** Number of lookups by a server of its own. */
  const lookupsOf = async (work: (counting: TestServer) => Promise<void>): Promise<number> => {
    const before = await lookups()
    const counting = await startTestServer(counted(), access)
    try {
      await work(counting)
    } finally {
      await counting.drain()
    }
    return (await lookups()) - before
  }

  test('are not sent for each request with a key, and each use is recorded once per hour', async () => {
    const key = await makeKey(counted(), { user: 'ada', roles: ['read'] })
    const sent = await lookupsOf(async (counting) => {
      for (let request = 0; request < 200; request++) await get({ 'x-api-key': key.text }, '/info', counting)
      const { rows } = await eventually(
        () => query('SELECT last_used_at FROM hadal.api_key WHERE key_id = $1', [key.id]),
        (result) => result.rows[0]?.last_used_at !== null,
      )
      expect(rows[0]?.last_used_at).toBeInstanceOf(Date)
    })
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(50)
  })

  test('are shared when strangers try many keys at once, and the log has few lines of them', async () => {
    const sent = await lookupsOf(async (counting) => {
      for (let round = 0; round < 10; round++) {
        const requests = Array.from({ length: 100 }, () => get({ 'x-api-key': newKeyText() }, '/info', counting))
        expect(new Set((await Promise.all(requests)).map(({ status }) => status))).toEqual(new Set([401]))
      }
      const lines = () => counting.logged.filter(({ event }) => event === 'sign_in_refused')
      expect(lines().length).toBeLessThan(900)
      // The number of omitted lines is in the first line of a later second.
      await eventually(
        () => get({ 'x-api-key': newKeyText() }, '/info', counting),
        () => lines().some(({ omitted }) => Number(omitted) > 0),
      )
    })
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(900)
  })

  test('are not repeated for a client that repeats a wrong key', async () => {
    const wrong = newKeyText()
    const sent = await lookupsOf(async (counting) => {
      for (let request = 0; request < 200; request++) await get({ 'x-api-key': wrong }, '/info', counting)
    })
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(50)
  })
})

const agent = `
  import { Annotation, StateGraph } from '@langchain/langgraph'
  export const graph = new StateGraph(Annotation.Root({})).addNode('idle', () => ({})).addEdge('__start__', 'idle').compile()`

describe('routes of http.app', () => {
  let project: WrittenProject
  let own: TestServer
  beforeAll(async () => {
    project = writeProject({
      'langgraph.json': { graphs: { agent: './agent.ts:graph' }, http: { app: './app.ts:app' } },
      'agent.ts': agent,
      'app.ts': "import { Hono } from 'hono'\nexport const app = new Hono()\napp.get('/hello', (c) => c.text('hello'))",
    })
    own = await startTestServer(database(), { ...access, AGENTS_CONFIG: project.config })
  })
  afterAll(async () => {
    await own.drain()
    project.remove()
  })

  test('require a key', async () => {
    expect((await get({}, '/hello', own)).status).toBe(401)
    expect(await (await get({ 'x-api-key': ada.text }, '/hello', own)).text()).toBe('hello')
  })
})
