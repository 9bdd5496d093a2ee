import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import type { Client } from '@langchain/langgraph-sdk'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { clientOfPerson, headersOf, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const key = generateFernetKey()
const variables = {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/acting-agents/langgraph.json'),
  ENCRYPTION_KEY: key,
  ACCESS: JSON.stringify({ kind: 'api-keys' }),
  APPROVALS_ENABLED: 'false',
}
const people = {
  ann: { ...person('ann', ['read', 'run']), further: { mail: { token: 'canary-mail-token' } } },
  bob: person('bob', ['read', 'run']),
  eve: { ...person('eve', ['read', 'run', 'approve']), further: { token: 'canary-of-eve' } },
}
const start = (more: object = {}): Promise<TestServer> =>
  startTestServer(database(), { ...variables, ...more }, peopleSignIn())
let server: TestServer
beforeAll(async () => {
  server = await start()
})
afterAll(async () => server?.drain())

const token = 'canary-user-token'
const credential = (text: string): string => `credential of ${text.length} characters`
const as = (user: keyof typeof people, headers: Record<string, string> = {}): Client =>
  clientOfPerson(server.url, people[user], headers)
const withToken = (value = token): Client => as('bob', { 'x-user-token': value })
const seenIn = (values: unknown): unknown => (values as { seen?: unknown }).seen

const query = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database(), async (admin) => (await admin.query<Row>(sql, values)).rows)
const kept = async (runId: string): Promise<number> =>
  (await query('SELECT FROM hadal.run_credentials WHERE run_id = $1', [runId])).length

/** Starts a run that waits until it is stopped. */
async function waiting(client = withToken()): Promise<{ thread: string; run: string }> {
  const { thread_id: thread } = await client.threads.create()
  const { run_id: run } = await client.runs.create(thread, 'seen', { input: { gate: '/absent/gate' } })
  await eventually(
    () => client.runs.get(thread, run),
    ({ status }) => status === 'running',
  )
  return { thread, run }
}

describe('the credentials of a request', () => {
  test('are given to the nodes of its run, and to nobody else', async () => {
    const { thread, run } = await waiting(as('ann', { 'x-user-token': token, authorization: 'Bearer canary-bearer' }))
    const [row] = await query<{ sealed: Buffer; tenant: string; owner: string }>(
      'SELECT sealed, tenant, owner FROM hadal.run_credentials WHERE run_id = $1',
      [run],
    )
    expect(row?.tenant).toBe('acme')
    expect(row?.sealed.toString('latin1')).not.toContain('canary')
    const [ofRun] = await query<{ text: string }>('SELECT run::text AS text FROM hadal.run WHERE run_id = $1', [run])
    expect(ofRun?.text).not.toContain('canary')
    const answers = [await as('ann').runs.get(thread, run), await as('ann').runs.list(thread)]
    expect(JSON.stringify(answers)).not.toMatch(/canary|x-user-token|langgraph_auth/)
    await as('ann').runs.cancel(thread, run, true)

    const values = await as('ann', { 'x-user-token': token }).runs.wait(null, 'seen', { input: {} })
    expect(seenIn(values)).toMatchObject({
      configurable: {
        'x-user-token': credential(token),
        langgraph_auth_user: { identity: 'ann', mail: { token: credential('canary-mail-token') } },
      },
      inside: { configurable: { 'x-user-token': credential(token) } },
    })
    // Another run of the same thread has those of its own request only.
    const without = await as('bob').runs.wait(null, 'seen', { input: {} })
    expect(JSON.stringify(seenIn(without))).not.toContain('credential of')
  })

  test('are in no stream, state or metadata of the run', async () => {
    const { thread_id } = await withToken().threads.create()
    let seen = ''
    const streamMode = ['values', 'updates', 'messages-tuple', 'debug', 'tasks', 'checkpoints', 'events'] as const
    for await (const part of withToken().runs.stream(thread_id, 'seen', {
      input: {},
      streamMode: [...streamMode],
      streamSubgraphs: true,
    }))
      seen += JSON.stringify(part)
    expect(seen).toContain(credential(token))
    seen += JSON.stringify(await as('bob').threads.getHistory(thread_id))
    expect(seen).not.toContain('canary')
    expect(
      await query("SELECT FROM public.checkpoints WHERE metadata::text ~ 'canary|x-user-token|langgraph'"),
    ).toEqual([])
  })

  test('belong to one run: that which resumes a thread has its own', async () => {
    const { thread_id } = await withToken().threads.create()
    await withToken().runs.wait(thread_id, 'seen', { input: { asks: true } })
    const command = { resume: 'yes' }
    const values = await withToken('canary-of-the-resume').runs.wait(thread_id, 'seen', { command })
    expect(seenIn(values)).toMatchObject({
      configurable: { 'x-user-token': credential('canary-of-the-resume') },
      inside: { configurable: { 'x-user-token': credential('canary-of-the-resume') } },
    })
  })

  test('are neither those of the user nor those of the person who answers the question of another user', async () => {
    const { thread_id } = await as('ann').threads.create()
    await as('ann', { 'x-user-token': token }).runs.wait(thread_id, 'seen', { input: { asks: true } })
    const eve = as('eve', { 'x-user-token': 'canary-header-of-eve' })
    const run = await eve.runs.create(thread_id, 'seen', { command: { resume: 'yes' } })
    expect(await kept(run.run_id)).toBe(0)
    const seen = seenIn(await as('ann').runs.join(thread_id, run.run_id))
    expect(seen).toMatchObject({
      configurable: { langgraph_auth_user_id: 'ann' },
      serverInfo: { user: { identity: 'ann' } },
    })
    expect(JSON.stringify(seen)).not.toContain('credential of')
  })

  test('reach each run of a batch, a run that waits for another one, and the run of an idempotent repetition', async () => {
    const batch = await withToken().runs.createBatch([
      { assistantId: 'seen', input: {} },
      { assistantId: 'seen', input: {}, onCompletion: 'keep' },
    ] as never)
    for (const { thread_id, run_id } of batch)
      expect(seenIn(await as('bob').runs.join(thread_id, run_id))).toMatchObject({
        configurable: { 'x-user-token': credential(token) },
      })

    const { thread, run } = await waiting()
    const held = await withToken('canary-held').runs.create(thread, 'seen', { input: { gate: '' } })
    expect(await kept(held.run_id)).toBe(1)
    await as('bob').runs.cancel(thread, run, true)
    expect(seenIn(await as('bob').runs.join(thread, held.run_id))).toMatchObject({
      configurable: { 'x-user-token': credential('canary-held') },
    })

    const repeated = withToken(token)
    const once = async (header: string): Promise<{ run_id: string; thread_id: string }> => {
      const response = await fetch(`${server.url}/runs`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...headersOf(people.bob),
          'x-user-token': header,
          'idempotency-key': thread,
        },
        body: JSON.stringify({ assistant_id: 'seen', input: {}, on_completion: 'keep' }),
      })
      return (await response.json()) as { run_id: string; thread_id: string }
    }
    const [first, second] = [await once(token), await once('canary-of-the-repetition')]
    expect(second.run_id).toBe(first.run_id)
    expect(seenIn(await repeated.runs.join(first.thread_id, first.run_id))).toMatchObject({
      configurable: { 'x-user-token': credential(token) },
    })
  })

  test('are deleted at every end of the run', async () => {
    const client = withToken()
    const { thread_id } = await client.threads.create()
    const ended = [await client.runs.create(thread_id, 'seen', { input: {} })]
    ended.push(await client.runs.create(thread_id, 'quoting', { input: {} }))
    for (const { run_id } of ended) await client.runs.join(thread_id, run_id).catch(() => undefined)
    expect((await client.runs.list(thread_id)).map(({ status }) => status).toSorted()).toEqual(['error', 'success'])
    for (const { run_id } of ended) expect(await kept(run_id)).toBe(0)

    for (const action of ['interrupt', 'rollback'] as const) {
      const { thread, run } = await waiting()
      const pending = await client.runs.create(thread, 'seen', { input: {}, afterSeconds: 600 })
      expect([await kept(run), await kept(pending.run_id)]).toEqual([1, 1])
      await client.runs.cancel(thread, pending.run_id, true, action)
      await client.runs.cancel(thread, run, true, action)
      expect([action, await kept(run), await kept(pending.run_id)]).toEqual([action, 0, 0])
    }
    const { thread, run } = await waiting()
    await client.runs.cancel(thread, run, true)
    const { run_id } = await client.runs.create(thread, 'seen', { input: {}, afterSeconds: 600 })
    await client.threads.delete(thread)
    expect(await kept(run_id)).toBe(0)
  })

  test('are redacted in an error that quotes them, also in the text that a model gets of a tool', async () => {
    const { thread_id } = await withToken().threads.create()
    const answers: unknown[] = []
    for (const by of ['message', 'name'])
      answers.push(await withToken().runs.wait(thread_id, 'quoting', { input: { by }, raiseError: false }))
    expect(JSON.stringify(answers)).toContain('the service refused [redacted]')
    const input = { messages: [{ role: 'human', content: '{"name":"connect","args":{}}' }] }
    const values = await withToken().runs.wait(thread_id, 'agent', { input })
    expect(JSON.stringify(values)).toContain('the service refused [redacted]')
    const [thread] = await query<{ text: string }>(
      'SELECT thread::text AS text FROM hadal.thread WHERE thread_id = $1',
      [thread_id],
    )
    const log = JSON.stringify(server.logged)
    expect(JSON.stringify([answers, values, thread]) + log).not.toContain('canary')
    expect(log).toContain('run_failed')
  })

  test('can not be decrypted for another run, and the run says so', async () => {
    const { thread, run } = await waiting()
    const next = await withToken('canary-other').runs.create(thread, 'seen', { input: {} })
    await query(
      'UPDATE hadal.run_credentials SET sealed = (SELECT sealed FROM hadal.run_credentials WHERE run_id = $1) WHERE run_id = $2',
      [run, next.run_id],
    )
    await as('bob').runs.cancel(thread, run, true)
    await as('bob').runs.join(thread, next.run_id)
    expect(await as('bob').threads.get(thread)).toMatchObject({ status: 'error' })
    expect(JSON.stringify(await as('bob').threads.get(thread))).toContain("can't be decrypted")
  })

  test('that are missing are an error of the run', async () => {
    const { thread, run } = await waiting()
    const next = await withToken().runs.create(thread, 'seen', { input: {} })
    await query('DELETE FROM hadal.run_credentials WHERE run_id = $1', [next.run_id])
    await as('bob').runs.cancel(thread, run, true)
    await as('bob').runs.join(thread, next.run_id)
    expect(JSON.stringify(await as('bob').threads.get(thread))).toContain('Start a new run')
  })
})

describe('ENCRYPTION_KEY', () => {
  test('is required by a langgraph.json with configurable_headers', async () => {
    const { ENCRYPTION_KEY: _, ...without } = variables
    await expect(startTestServer(database(), without, peopleSignIn())).rejects.toThrow(
      /configurable_headers of .*secrets generate-key.*ENCRYPTION_KEY_FILE/s,
    )
  })

  test('without the key of a run is an error of that run, which names the way out; a rotated key still opens it', async () => {
    /** Starts a run on a server without workers, and then executes it on a server with another ENCRYPTION_KEY. */
    const executedWith = async (otherKey: string) => {
      await server.drain()
      server = await start({ ROLE: 'api' })
      const { thread_id } = await withToken().threads.create()
      const { run_id } = await withToken().runs.create(thread_id, 'seen', { input: {} })
      await server.drain()
      server = await start({ ENCRYPTION_KEY: otherKey })
      return { thread_id, run_id }
    }
    const lost = await executedWith(generateFernetKey())
    await as('bob').runs.join(lost.thread_id, lost.run_id)
    expect(JSON.stringify(await as('bob').threads.get(lost.thread_id))).toContain('Add that key to ENCRYPTION_KEY')
    expect(await kept(lost.run_id)).toBe(0)

    const opened = await executedWith([generateFernetKey(), key].join(','))
    expect(seenIn(await as('bob').runs.join(opened.thread_id, opened.run_id))).toMatchObject({
      configurable: { 'x-user-token': credential(token) },
    })
  })
})

test('a run that the server starts has the user of the run before it, and no credentials', async () => {
  await server.drain()
  server = await start({ APPROVALS_ENABLED: 'true', APPROVAL_EXPIRY_SECONDS: '1' })
  const ann = as('ann', { 'x-user-token': token })
  const { thread_id } = await ann.threads.create()
  const args = { file_path: '/a', content: 'b' }
  const input = { messages: [{ role: 'human', content: JSON.stringify({ name: 'write_file', args }) }] }
  await ann.runs.wait(thread_id, 'agent', { input })
  const rows = await eventually(
    () =>
      query(
        `SELECT request -> 'user' ->> 'identity' AS user, has_credentials FROM hadal.run
         WHERE thread_id = $1 AND status <> 'pending' ORDER BY created_at`,
        [thread_id],
      ),
    (found) => found.length === 2,
  )
  expect(rows).toEqual([
    { user: 'ann', has_credentials: true },
    { user: 'ann', has_credentials: false },
  ])
})

test('a run without credentials has no row and no flag', async () => {
  const { thread_id } = await as('bob').threads.create()
  await as('bob').runs.wait(thread_id, 'seen', { input: {} })
  expect(await query('SELECT has_credentials FROM hadal.run WHERE thread_id = $1', [thread_id])).toEqual([
    { has_credentials: false },
  ])
})
