import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Client } from '@langchain/langgraph-sdk'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { clientOfPerson, headersOf, type Person, peopleSignIn, person } from '../fixtures/people.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
let server: TestServer
beforeAll(async () => {
  // One database role, to which row-level security does not apply: the conditions of the statements alone keep users and tenants apart.
  server = await startTestServer(database(), { DATABASE_LOOPS_URL: '' }, peopleSignIn())
})
afterAll(() => server?.drain())

const alice = person('alice', ['read', 'run'])
const bob = person('bob', ['read', 'run'])
const dora = person('dora', ['administer'])
const eve = person('alice', ['read', 'run', 'approve', 'administer'], 'globex')

const clientOf = (who: Person): Client => clientOfPerson(server.url, who)
const input = { steps: 1 }

async function send(
  who: Person,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(headers['x-person'] ? {} : headersOf(who)),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined }
}

/** A thread of a user with a finished run. */
async function threadOf(who: Person): Promise<{ thread: string; run: string }> {
  const client = clientOf(who)
  const { thread_id: thread } = await client.threads.create()
  await client.runs.wait(thread, 'steps', { input })
  const [run] = await client.runs.list(thread)
  return { thread, run: run?.run_id ?? '' }
}

const rows = <Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> =>
  withClient(database(), async (sql) => (await sql.query<Row>(text, values)).rows)

describe('what a user makes belongs to the user', () => {
  test('threads, runs, copies, assistants and items have the tenant and the owner', async () => {
    const client = clientOf(alice)
    const { thread, run } = await threadOf(alice)
    const { thread_id: copy } = await client.threads.copy(thread)
    const { assistant_id: assistant } = await client.assistants.create({ graphId: 'steps' })
    const stateless = await client.runs.create(null, 'steps', { input })
    await client.store.putItem(['notes'], 'k', { v: 1 })
    const ofAlice = [{ tenant: 'acme', owner: 'alice' }]
    const where = (table: string, column: string, id: string) =>
      rows(`SELECT tenant, owner FROM hadal.${table} WHERE ${column} = $1`, [id])
    expect(await where('thread', 'thread_id', thread)).toEqual(ofAlice)
    expect(await where('thread', 'thread_id', copy)).toEqual(ofAlice)
    expect(await where('thread', 'thread_id', stateless.thread_id)).toEqual(ofAlice)
    expect(await where('run', 'run_id', run)).toEqual(ofAlice)
    // A run that replaces others is accepted in several statements.
    const replacing = await client.runs.create(thread, 'steps', { input, multitaskStrategy: 'interrupt' })
    expect(await where('run', 'run_id', replacing.run_id)).toEqual(ofAlice)
    expect(await where('assistant', 'assistant_id', assistant)).toEqual(ofAlice)
    expect(await where('assistant_version', 'assistant_id', assistant)).toEqual(ofAlice)
    expect(await where('store_item', 'key', 'k')).toEqual(ofAlice)
  })

  test("an administrator's copy belongs to the administrator", async () => {
    const { thread } = await threadOf(alice)
    const { thread_id: copy } = await clientOf(dora).threads.copy(thread)
    await expect(clientOf(alice).threads.get(copy)).rejects.toThrow('404')
  })
})

describe('the id of another user', () => {
  test('of a thread is taken, for new threads and for runs that may create one', async () => {
    const { thread } = await threadOf(alice)
    for (const who of [bob, eve]) {
      for (const ifExists of ['raise', 'do_nothing']) {
        const made = await send(who, 'POST', '/threads', { thread_id: thread, if_exists: ifExists })
        expect(made.status).toBe(409)
        expect(JSON.stringify(made.body)).not.toContain('alice')
      }
      for (const end of ['', '/wait', '/stream']) {
        const run = { assistant_id: 'steps', input, if_not_exists: 'create' }
        const started = await send(who, 'POST', `/threads/${thread}/runs${end}`, run)
        expect(started).toEqual({
          status: 409,
          body: { detail: `The id ${thread} is taken. Send another thread_id, or none.` },
        })
      }
    }
    expect(await clientOf(alice).runs.list(thread)).toHaveLength(1)
  })

  test('of a thread starts no run, also with an answer, a rollback or a checkpoint', async () => {
    const { thread } = await threadOf(alice)
    const body = { assistant_id: 'steps', input }
    for (const who of [bob, eve]) {
      for (const more of [
        {},
        { multitask_strategy: 'rollback' },
        { command: { resume: 'yes' }, input: undefined },
        { checkpoint: { checkpoint_id: randomUUID() } },
      ]) {
        expect((await send(who, 'POST', `/threads/${thread}/runs`, { ...body, ...more })).status).toBe(404)
      }
    }
    expect(await clientOf(alice).runs.list(thread)).toHaveLength(1)
  })

  test('in a checkpoint reads and writes nothing of the other thread', async () => {
    const { thread } = await threadOf(alice)
    const { checkpoint } = await clientOf(alice).threads.getState(thread)
    const { thread: own } = await threadOf(bob)
    const at = { ...checkpoint, thread_id: thread }
    const asked = await Promise.all([
      send(bob, 'POST', `/threads/${own}/runs`, { assistant_id: 'steps', input, checkpoint: at }),
      send(bob, 'POST', `/threads/${own}/state/checkpoint`, { checkpoint: at }),
      send(bob, 'POST', `/threads/${own}/history`, { before: at }),
      send(bob, 'POST', `/threads/${own}/state`, { values: { done: [7] }, as_node: 'step', checkpoint: at }),
    ])
    for (const { status } of asked) expect([404, 422]).toContain(status)
    const configured = { configurable: { thread_id: thread, checkpoint_id: checkpoint.checkpoint_id } }
    const { status } = await send(bob, 'POST', `/threads/${own}/runs/wait`, {
      assistant_id: 'steps',
      input,
      config: configured,
    })
    expect([404, 422]).toContain(status)
    expect((await clientOf(alice).threads.getHistory(thread))[0]?.checkpoint).toEqual(checkpoint)
  })

  test('of a run is unknown on a thread of its own, and without a thread, also with Last-Event-ID', async () => {
    const { run } = await threadOf(alice)
    const { thread: own } = await threadOf(bob)
    for (const path of [
      `/threads/${own}/runs/${run}`,
      `/threads/${own}/runs/${run}/join`,
      `/threads/${own}/runs/${run}/stream`,
      `/runs/${run}/stream`,
    ]) {
      expect((await send(bob, 'GET', path, undefined, { 'last-event-id': '1' })).status).toBe(404)
    }
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/cancel'],
    ] as const)
      expect((await send(bob, method, `/threads/${own}/runs/${run}${path}`)).status).toBe(404)
    expect((await send(bob, 'POST', '/runs/cancel', { thread_id: own, run_ids: [run] })).status).toBe(404)
  })

  test('in a filter, a search by ids and a prune finds nothing', async () => {
    const { thread, run } = await threadOf(alice)
    for (const who of [bob, eve]) {
      const client = clientOf(who)
      expect(await client.threads.search({ ids: [thread] })).toEqual([])
      expect(await client.threads.count({ metadata: { graph_id: 'steps' }, values: { done: [1] } })).toBe(
        (await client.threads.search({ metadata: { graph_id: 'steps' }, limit: 1_000 })).length,
      )
      for (const metadata of [{ thread_id: thread }, { run_id: run }, { owner: 'alice' }])
        expect(await client.threads.search({ metadata })).toEqual([])
      expect((await send(who, 'POST', '/threads/prune', { thread_ids: [thread] })).body).toEqual({ pruned_count: 0 })
    }
    expect((await clientOf(alice).threads.get(thread)).thread_id).toBe(thread)
  })

  test('of an assistant starts no run, and is taken for a new assistant', async () => {
    const { assistant_id: assistant } = await clientOf(alice).assistants.create({ graphId: 'steps' })
    expect((await send(bob, 'POST', '/runs', { assistant_id: assistant, input })).status).toBe(404)
    for (const ifExists of ['raise', 'do_nothing'])
      expect(
        (await send(bob, 'POST', '/assistants', { assistant_id: assistant, graph_id: 'steps', if_exists: ifExists }))
          .status,
      ).toBe(409)
    // Tenants are apart: another tenant may have the same id.
    expect((await send(eve, 'POST', '/assistants', { assistant_id: assistant, graph_id: 'steps' })).status).toBe(200)
  })
})

test('the cancellation of all runs reaches those of the caller only', async () => {
  const held = async (who: Person): Promise<{ thread: string; run: string }> => {
    const { thread_id: thread } = await clientOf(who).threads.create()
    const { run_id: run } = await clientOf(who).runs.create(thread, 'steps', { input, afterSeconds: 3_600 })
    return { thread, run }
  }
  const [ofAlice, ofBob] = [await held(alice), await held(bob)]
  await clientOf(bob).runs.cancelMany({ status: 'all' })
  expect((await clientOf(bob).runs.get(ofBob.thread, ofBob.run)).status).toBe('interrupted')
  expect((await clientOf(alice).runs.get(ofAlice.thread, ofAlice.run)).status).toBe('pending')
})

test('counts have what the caller sees', async () => {
  const metadata = { counted: 'here' }
  for (const who of [alice, alice, bob, eve]) {
    await clientOf(who).threads.create({ metadata })
    await clientOf(who).assistants.create({ graphId: 'steps', metadata })
  }
  const counts = [alice, bob, eve, dora].map(async (who) => [
    await clientOf(who).threads.count({ metadata }),
    await clientOf(who).assistants.count({ metadata }),
  ])
  expect(await Promise.all(counts)).toEqual([
    [2, 2],
    [1, 1],
    [1, 1],
    [3, 3],
  ])
})

test('two users and two tenants may send the same Idempotency-Key', async () => {
  const body = { assistant_id: 'steps', input }
  const ids = new Set<string>()
  for (const who of [alice, bob, eve, dora]) {
    const once = () => send(who, 'POST', '/runs', body, { 'idempotency-key': 'the-same' })
    const [first, again] = [await once(), await once()]
    expect([first.status, first.body]).toEqual([200, expect.anything()])
    expect(again.body).toMatchObject({ run_id: (first.body as { run_id: string }).run_id })
    ids.add((first.body as { run_id: string }).run_id)
  }
  expect(ids.size).toBe(4)
})

describe('assistants', () => {
  test('of graphs are visible in each tenant', async () => {
    for (const who of [alice, bob, eve, person('zoe', ['read'], 'initech')]) {
      const found = await clientOf(who).assistants.search({ graphId: 'echo' })
      expect(found.map(({ name }) => name)).toEqual(['echo'])
    }
  })

  test('are deleted with the threads of their owner only, also if others name them', async () => {
    const { assistant_id: assistant } = await clientOf(alice).assistants.create({ graphId: 'steps' })
    const { thread_id: named } = await clientOf(bob).threads.create({ metadata: { assistant_id: assistant } })
    const { thread_id: own } = await clientOf(alice).threads.create({ metadata: { assistant_id: assistant } })
    expect((await send(alice, 'DELETE', `/assistants/${assistant}?delete_threads=true`)).status).toBe(204)
    await expect(clientOf(alice).threads.get(own)).rejects.toThrow('404')
    expect((await clientOf(bob).threads.get(named)).thread_id).toBe(named)
  })
})

describe('items of the store', () => {
  const item = { namespace: ['memories'], key: 'k' }
  const path = '/store/items?namespace=memories&key=k'
  const storedOf = async (who: Person): Promise<unknown> => {
    const { body } = await send(who, 'GET', path)
    return (body as { value?: unknown } | null)?.value
  }

  test('of two users have the same place without seeing each other', async () => {
    for (const who of [alice, bob, eve])
      await clientOf(who).store.putItem(['memories'], 'k', { of: who.user + who.tenant })
    expect(await storedOf(alice)).toEqual({ of: 'aliceacme' })
    expect(await storedOf(bob)).toEqual({ of: 'bobacme' })
    expect((await send(bob, 'DELETE', '/store/items', item)).status).toBe(204)
    expect(await storedOf(bob)).toBeUndefined()
    expect(await storedOf(alice)).toEqual({ of: 'aliceacme' })
  })

  test('of a user with a long id have places as long as those of others, or are refused', async () => {
    const random = (length: number): string => randomBytes(length).toString('base64url').slice(0, length)
    const place = (labels: number) => ({
      namespace: Array.from({ length: labels }, () => random(Math.floor(1_024 / labels))),
      key: random(1_024),
    })
    for (const user of [
      'alice',
      random(255),
      Array.from({ length: 127 }, () => String.fromCodePoint(0x1f300 + randomInt(700))).join(''),
    ]) {
      const who = person(user, ['read', 'run'])
      const headers = {
        'x-person': JSON.stringify(who).replaceAll(
          /[^\x20-\x7e]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      }
      for (const labels of [4, 64]) {
        const { status } = await send(who, 'PUT', '/store/items', { ...place(labels), value: {} }, headers)
        expect([user.length, [204, 422].includes(status) || status]).toEqual([user.length, true])
      }
    }
  })

  test('are listed with the namespaces that the user knows', async () => {
    const client = clientOf(person('frank', ['read', 'run']))
    await client.store.putItem(['a', 'b', 'c'], 'k', { v: 1 })
    await client.store.putItem(['a', 'z'], 'k', { v: 2 })
    const found = await client.store.searchItems(['a', 'b'])
    expect(found.items.map(({ namespace }) => namespace)).toEqual([['a', 'b', 'c']])
    const listed = async (options: object) => (await client.store.listNamespaces(options)).namespaces
    expect(await listed({})).toEqual([
      ['a', 'b', 'c'],
      ['a', 'z'],
    ])
    expect(await listed({ maxDepth: 2 })).toEqual([
      ['a', 'b'],
      ['a', 'z'],
    ])
    expect(await listed({ suffix: ['c'] })).toEqual([['a', 'b', 'c']])
    expect(await listed({ suffix: ['frank', 'a', 'z'] })).toEqual([])
    expect(await listed({ prefix: ['a', '*', 'c'] })).toEqual([['a', 'b', 'c']])
    expect((await client.store.searchItems([])).items).toHaveLength(2)
  })

  test('are all visible to administrators, and no client can name the namespace of users', async () => {
    await clientOf(alice).store.putItem(['memories'], 'seen', { v: 1 })
    const { items } = await clientOf(dora).store.searchItems([])
    expect(items.map(({ namespace }) => namespace)).toContainEqual(['hadal:user', 'alice', 'memories'])
    for (const who of [bob, dora])
      expect(
        (await send(who, 'POST', '/store/items/search', { namespace_prefix: ['hadal:user', 'alice'] })).status,
      ).toBe(422)
  })
})

describe('an environment that shares the objects of a tenant', () => {
  let shared: TestServer
  beforeAll(async () => {
    shared = await startTestServer(database(), {}, peopleSignIn('tenant'))
  })
  afterAll(() => shared?.drain())

  test('shows them to all callers of the tenant, and to no other tenant', async () => {
    const { thread } = await threadOf(alice)
    expect((await clientOfPerson(shared.url, bob).threads.get(thread)).thread_id).toBe(thread)
    await expect(clientOfPerson(shared.url, eve).threads.get(thread)).rejects.toThrow('404')
  })
})
