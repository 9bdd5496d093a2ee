import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { fixtureAgents, useTestServer } from '../fixtures/start-test-server.ts'
import { assistantIdOf } from '../runs/assistants/assistant-id.ts'

const database = createDatabase()
const server = useTestServer(database)
const say = (content: string) => ({ messages: [{ role: 'user', content }] })

async function query<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
    .query<Row>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const tablesWith = async (url: string, column: string): Promise<string[]> =>
  (
    await query<{ name: string }>(
      url,
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE column_name = $1 AND table_type = 'BASE TABLE' ORDER BY 1`,
      [column],
    )
  ).map(({ name }) => name)

const rowsIn = async (url: string, table: string, threadId: string): Promise<number> =>
  (await query(url, `SELECT 1 FROM ${table} WHERE thread_id::text = $1`, [threadId])).length

describe('threads', () => {
  test('are created once, updated by merging their metadata, and answered with 404 after deletion', async () => {
    const { threads } = server().client
    const threadId = randomUUID()
    const created = await threads.create({ threadId, metadata: { colour: 'blue' } })
    expect(created).toMatchObject({ thread_id: threadId, status: 'idle', metadata: { colour: 'blue' }, interrupts: {} })
    expect(await threads.create({ threadId, ifExists: 'do_nothing', metadata: { colour: 'red' } })).toEqual(created)
    expect((await threads.update(threadId, { metadata: { size: 2 } })).metadata).toEqual({ colour: 'blue', size: 2 })
    await threads.delete(threadId)
    await expect(threads.get(threadId)).rejects.toThrow('404')
  })

  test('leave no row in any table when they are deleted', async () => {
    const { threads, runs } = server().client
    const ids: string[] = []
    for (let count = 0; count < 2; count += 1) {
      const { thread_id } = await threads.create({ metadata: { colour: 'blue' } })
      await runs.wait(thread_id, 'echo', { input: say('a secret') })
      await runs.wait(thread_id, 'questions', { input: { questions: ['why', 'when'] } })
      ids.push(thread_id)
    }
    const [deleted = '', kept = ''] = ids
    await threads.delete(deleted)
    const tables = await tablesWith(database(), 'thread_id')
    const rowsOf = async (threadId: string) =>
      Object.fromEntries(
        await Promise.all(
          tables.map(async (table): Promise<[string, number]> => [table, await rowsIn(database(), table, threadId)]),
        ),
      )
    expect(await rowsOf(deleted)).toEqual(Object.fromEntries(tables.map((table) => [table, 0])))
    // The remaining thread has rows in each of these tables, so the check is not empty.
    expect(await rowsOf(kept)).toMatchObject({
      'public.checkpoints': expect.toSatisfy((rows: number) => rows > 0),
      'public.checkpoint_blobs': expect.toSatisfy((rows: number) => rows > 0),
      'public.checkpoint_writes': expect.toSatisfy((rows: number) => rows > 0),
      'hadal.thread': 1,
      'hadal.run': 2,
    })
  })

  test('are found by metadata, values, status and id, sorted and in pages', async () => {
    const { threads, runs } = server().client
    const kind = randomUUID()
    const ids: string[] = []
    for (const colour of ['blue', 'red', 'green']) {
      ids.push((await threads.create({ metadata: { kind, colour } })).thread_id)
    }
    const [first = '', second = '', third = ''] = ids
    await runs.wait(second, 'echo', { input: say('hello') })
    await runs.wait(third, 'questions', { input: { questions: ['why'] } })
    const found = async (query: NonNullable<Parameters<typeof threads.search>[0]>): Promise<string[]> =>
      (await threads.search({ metadata: { kind }, sortBy: 'created_at', sortOrder: 'asc', ...query })).map(
        (one) => one.thread_id,
      )
    expect(await found({})).toEqual(ids)
    expect(await found({ sortOrder: 'desc', limit: 2 })).toEqual([third, second])
    expect(await found({ limit: 1, offset: 1 })).toEqual([second])
    expect(await found({ metadata: { kind, colour: 'red' } })).toEqual([second])
    expect(await found({ status: 'interrupted' })).toEqual([third])
    expect(await found({ values: { messages: [{ content: 'hello' }] } })).toEqual([second])
    expect(await found({ ids: [first, third] })).toEqual([first, third])
    expect(await threads.count({ metadata: { kind } })).toBe(3)
    const [only] = await threads.search({ ids: [first], select: ['thread_id', 'status'] })
    expect(only).toEqual({ thread_id: first, status: 'idle' })
  })

  test('of stateless runs are not listed', async () => {
    const { threads, runs } = server().client
    const before = await threads.count()
    expect(await runs.wait(null, 'echo', { input: say('hello') })).toMatchObject({
      messages: [{}, { content: 'You said: hello' }],
    })
    expect(await threads.count()).toBe(before)
  })

  test('are copied with their state, history, TTL and questions, and both go on apart', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create({ metadata: { colour: 'blue' }, ttl: 60 })
    await runs.wait(thread_id, 'echo', { input: say('one') })
    await runs.wait(thread_id, 'questions', { input: { questions: ['why'] } })
    const original = await threads.get(thread_id, { include: ['ttl'] })
    const copy = await threads.copy(thread_id)
    expect(copy).toMatchObject({
      status: 'interrupted',
      metadata: original.metadata,
      values: original.values,
      interrupts: original.interrupts,
    })
    expect(await threads.get(copy.thread_id, { include: ['ttl'] })).toMatchObject({
      ttl: { strategy: 'delete', ttl_minutes: 60 },
    })
    const history = JSON.stringify(await threads.getHistory(thread_id))
    expect(JSON.stringify(await threads.getHistory(copy.thread_id))).toBe(history.replaceAll(thread_id, copy.thread_id))
    await runs.wait(copy.thread_id, 'questions', { command: { resume: 'me' } })
    expect(JSON.stringify(await threads.getHistory(thread_id))).toBe(history)
    expect(await runs.wait(thread_id, 'questions', { command: { resume: 'you' } })).toMatchObject({
      answers: ['why: "you"'],
    })
    await expect(threads.copy(randomUUID())).rejects.toThrow('404')
  })

  test('are copied with the states of their subgraphs', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'trips', { input: { city: 'Oslo' } })
    const copy = await threads.copy(thread_id)
    const states = async (id: string): Promise<string> =>
      JSON.stringify(await threads.getState(id, undefined, { subgraphs: true })).replaceAll(id, 'id')
    expect(await states(copy.thread_id)).toBe(await states(thread_id))
    expect(await runs.wait(copy.thread_id, 'trips', { command: { resume: 'yes' } })).toMatchObject({
      answer: 'booked yes: Oslo for 4',
    })
  })

  test('are copied while they are busy, with the values that the run has written so far', async () => {
    const { threads, runs } = server().client
    const gate = join(mkdtempSync(join(tmpdir(), 'gate-')), 'open')
    const { thread_id } = await threads.create()
    const run = await runs.create(thread_id, 'steps', { input: { steps: 3, gate } })
    await eventually(
      async () => (await threads.getState<{ done?: number[] }>(thread_id)).values.done?.length,
      (done) => done === 2,
    )
    expect(await threads.copy(thread_id)).toMatchObject({ status: 'interrupted', values: { done: [1, 2] } })
    writeFileSync(gate, '')
    await runs.join(thread_id, run.run_id)
  })

  test('are updated without a body in the answer if the client prefers that', async () => {
    const { thread_id } = await server().client.threads.create()
    expect(await server().client.threads.update(thread_id, { metadata: { a: 1 }, returnMinimal: true })).toBeUndefined()
    const patch = async (prefer: string): Promise<[number, string]> => {
      const answer = await fetch(`${server().url}/threads/${thread_id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', prefer },
        body: JSON.stringify({ metadata: { b: 2 } }),
      })
      return [answer.status, await answer.text()]
    }
    expect(await patch('respond-async, Return="minimal"')).toEqual([204, ''])
    expect((await patch('return=representation'))[0]).toBe(200)
    expect((await server().client.threads.get(thread_id)).metadata).toEqual({ a: 1, b: 2 })
  })

  test('are the same, with their runs and states, if a client writes their ids in upper case', async () => {
    const { threads, runs } = server().client
    const lower = randomUUID()
    const upper = lower.toUpperCase()
    const supersteps = [{ updates: [{ asNode: '__start__', values: { said: ['made'] } }] }]
    expect((await threads.create({ threadId: upper, graphId: 'sides', supersteps })).thread_id).toBe(lower)
    await threads.updateState(upper, { values: { said: ['updated'] }, asNode: '__start__' })
    const configurable = { thread_id: upper }
    const { run_id } = await runs.create(upper, 'sides', { input: null, config: { configurable } })
    await runs.join(upper, run_id.toUpperCase())
    expect((await runs.get(upper, run_id.toUpperCase())).thread_id).toBe(lower)
    const state = await threads.getState(lower)
    expect(state.values).toEqual({ said: ['made', 'updated', 'left', 'right'] })
    expect(await threads.getState(upper)).toEqual(state)
  })

  test('that many runs create at the same moment exist once, and no run is answered with 404', async () => {
    const { runs } = server().client
    const threadId = randomUUID()
    const all = Array.from({ length: 10 }, () =>
      runs.create(threadId, 'echo', { input: say('hello'), ifNotExists: 'create', multitaskStrategy: 'enqueue' }),
    )
    expect(new Set((await Promise.all(all)).map((run) => run.thread_id))).toEqual(new Set([threadId]))
    expect(await runs.list(threadId)).toHaveLength(10)
  })
})

describe('the state of a thread', () => {
  test('is empty before the first run', async () => {
    const { threads } = server().client
    const { thread_id } = await threads.create()
    expect(await threads.getState(thread_id)).toMatchObject({ values: {}, next: [], tasks: [] })
    expect(await threads.getHistory(thread_id)).toEqual([])
  })

  test('can be read at each of its checkpoints, as a whole or in selected fields', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: say('one') })
    const [newest, before] = await threads.getHistory(thread_id)
    expect(newest?.parent_checkpoint).toEqual(before?.checkpoint)
    expect(newest?.metadata).toMatchObject({ source: 'loop', step: 1, run_id: expect.any(String) })
    expect(before).toMatchObject({ next: ['echo'], values: { messages: [{ type: 'human', content: 'one' }] } })
    const id = before?.checkpoint.checkpoint_id ?? ''
    expect(await threads.getState(thread_id, id)).toEqual(before)
    expect(await threads.getState(thread_id, before?.checkpoint)).toEqual(before)
    expect(await threads.getState(thread_id, undefined, { select: ['next', 'values.messages'] })).toEqual({
      next: [],
      values: newest?.values,
    })
    expect(
      await threads.getHistory(thread_id, {
        before: { configurable: { checkpoint_id: newest?.checkpoint.checkpoint_id } },
        limit: 1,
      }),
    ).toEqual([before])
  })

  test('can be updated as if a node had written it, and the thread has the new values', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: say('one') })
    const update = await threads.updateState(thread_id, { values: say('more'), asNode: 'echo' })
    expect(update.configurable).toMatchObject({ thread_id, checkpoint_id: expect.any(String) })
    const { values } = await threads.get(thread_id)
    expect(values).toMatchObject({ messages: [{}, {}, { content: 'more' }] })
  })

  test('can have branches, each with its own values', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'echo', { input: say('one') })
    const [base] = await threads.getHistory(thread_id)
    await runs.wait(thread_id, 'echo', { input: say('left') })
    const left = await threads.getState(thread_id)
    const checkpointId = base?.checkpoint.checkpoint_id ?? ''
    await runs.wait(thread_id, 'echo', { input: say('right'), checkpointId })
    const right = await threads.getState<{ messages: { content: string }[] }>(thread_id)
    expect(right.values.messages.map(({ content }) => content)).toEqual([
      'one',
      'You said: one',
      'right',
      'You said: right',
    ])
    expect(await threads.getState(thread_id, left.checkpoint)).toMatchObject({
      values: { messages: [{}, {}, { content: 'left' }, { content: 'You said: left' }] },
    })
  })

  test('lists at most the requested number of past states', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'steps', { input: { steps: 20 } })
    expect(await threads.getHistory(thread_id)).toHaveLength(10)
    expect(await threads.getHistory(thread_id, { limit: 3 })).toHaveLength(3)
  })
})

describe('assistants', () => {
  test('are the graphs of langgraph.json, by name and by id', async () => {
    const { assistants } = server().client
    const found = await assistants.search({ limit: 100, sortBy: 'graph_id', sortOrder: 'asc' })
    const { graphs }: { graphs: object } = JSON.parse(readFileSync(fixtureAgents, 'utf8'))
    expect(found.map((one) => one.graph_id)).toEqual(Object.keys(graphs).sort())
    expect(await assistants.count()).toBe(found.length)
    expect(await assistants.search({ graphId: 'echo' })).toHaveLength(1)
    expect(await assistants.search({ limit: 1, offset: 1, sortBy: 'graph_id', sortOrder: 'asc' })).toMatchObject([
      { graph_id: found[1]?.graph_id },
    ])
    const echo = await assistants.get('echo')
    expect(echo.assistant_id).toBe(assistantIdOf('echo'))
    expect(await assistants.get(echo.assistant_id)).toEqual(echo)
  })

  test('can be run by their id and by their name', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, assistantIdOf('echo'), { input: say('hello') })
    expect(await runs.list(thread_id)).toMatchObject([{ assistant_id: assistantIdOf('echo'), status: 'success' }])
  })

  test('have a drawing of their graph', async () => {
    const { nodes, edges } = await server().client.assistants.getGraph('echo')
    expect(nodes.map(({ id }) => id)).toEqual(['__start__', 'echo', '__end__'])
    expect(edges).toHaveLength(2)
    expect(await server().client.assistants.getSchemas('echo')).toMatchObject({ graph_id: 'echo' })
  })

  test('have the ids that LangGraph derives from their names', () => {
    // uuid.uuid5(uuid.UUID('6ba7b821-9dad-11d1-80b4-00c04fd430c8'), 'agent') in Python
    expect(assistantIdOf('agent')).toBe('fe096781-5601-53d2-b2f6-0d3403f7e9ca')
  })
})
