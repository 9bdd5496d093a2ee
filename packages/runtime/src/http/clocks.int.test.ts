import { randomUUID } from 'node:crypto'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import type { ThreadState } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { runProgress } from '../store/queries/start-run.ts'
import { ThreadSaver } from '../store/thread-saver.ts'

const databaseUrl = createDatabase()
const server = useTestServer(databaseUrl)
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: databaseUrl(), max: 2 })
})
afterAll(async () => pool.end())
afterEach(() => vi.restoreAllMocks())

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const { now } = Date

/** Runs `work` while this process's clock, from which LangGraph creates checkpoint ids, differs by the given number of minutes. */
async function atClock<Result>(minutes: number, work: () => Promise<Result>): Promise<Result> {
  vi.spyOn(Date, 'now').mockImplementation(() => now() + minutes * 60_000)
  try {
    return await work()
  } finally {
    vi.restoreAllMocks()
  }
}

const echo = (threadId: string, content: string) => server().client.runs.wait(threadId, 'echo', { input: say(content) })
const idsOf = (states: readonly ThreadState[]) => states.map(({ checkpoint }) => checkpoint.checkpoint_id ?? '')
const historyOf = async (threadId: string) => idsOf(await server().client.threads.getHistory(threadId, { limit: 100 }))
const textsOf = async (threadId: string): Promise<string[]> => {
  const { values } = await server().client.threads.getState<{ messages: { content: string }[] }>(threadId)
  return values.messages.map(({ content }) => content)
}

/** Returns the checkpoint ids of the thread's whole history, read in pages of two states. */
async function pagesOf(threadId: string): Promise<string[]> {
  const { threads } = server().client
  const ids: string[] = []
  for (let page = idsOf(await threads.getHistory(threadId, { limit: 2 })); page.length > 0; ) {
    ids.push(...page)
    const before = { configurable: { checkpoint_id: page.at(-1) ?? '' } }
    page = idsOf(await threads.getHistory(threadId, { limit: 2, before }))
  }
  return ids
}

/** A thread with a run of a server whose clock is ahead, and then a run of a server whose clock is behind. */
async function threadOfTwoClocks(): Promise<string> {
  const { thread_id } = await server().client.threads.create()
  await atClock(5, () => echo(thread_id, 'one'))
  await atClock(-5, () => echo(thread_id, 'two'))
  return thread_id
}

test('a thread continues from the checkpoint that was written last, even if the clocks of the servers differ', async () => {
  const threadId = await threadOfTwoClocks()
  expect(await textsOf(threadId)).toEqual(['one', 'You said: one', 'two', 'You said: two'])
  await atClock(-10, () => server().client.threads.updateState(threadId, { values: say('three'), asNode: 'echo' }))
  expect((await textsOf(threadId)).at(-1)).toBe('three')
})

test('the history lists each checkpoint before its parent, as a whole and in pages', async () => {
  const { threads } = server().client
  const threadId = await threadOfTwoClocks()
  const states = await threads.getHistory(threadId, { limit: 100 })
  const whole = idsOf(states)
  expect(whole.length).toBeGreaterThan(4)
  // The order of the ids is different.
  expect(whole).not.toEqual(whole.toSorted().toReversed())
  expect(states.map(({ parent_checkpoint }) => parent_checkpoint?.checkpoint_id)).toEqual([
    ...whole.slice(1),
    undefined,
  ])
  expect(await pagesOf(threadId)).toEqual(whole)
  // If a value can't be read, another function lists the checkpoints.
  const { rowCount } = await pool.query(
    "UPDATE checkpoint_blobs SET type = 'json', blob = '{' WHERE thread_id = $1 AND channel = 'messages'",
    [threadId],
  )
  expect(rowCount).toBeGreaterThan(1)
  expect(await historyOf(threadId)).toEqual(whole)
  expect(await pagesOf(threadId)).toEqual(whole)
})

test('a fork is the newest state of its thread, and a copied thread keeps the order', async () => {
  const { threads } = server().client
  const threadId = await threadOfTwoClocks()
  const [, parent = ''] = await historyOf(threadId)
  await atClock(-10, () => threads.updateState(threadId, { values: say('fork'), asNode: 'echo', checkpointId: parent }))
  const texts = await textsOf(threadId)
  expect(texts.at(-1)).toBe('fork')
  const copy = await threads.copy(threadId)
  expect(await historyOf(copy.thread_id)).toEqual(await historyOf(threadId))
  await atClock(-15, () => echo(copy.thread_id, 'in the copy'))
  expect(await textsOf(copy.thread_id)).toEqual([...texts, 'in the copy', 'You said: in the copy'])
  expect(await textsOf(threadId)).toEqual(texts)
})

test('checkpoints from before the migration are ordered by their ids, and are older than all others', async () => {
  const { thread_id } = await server().client.threads.create()
  await echo(thread_id, 'one')
  await echo(thread_id, 'two')
  const old = await historyOf(thread_id)
  await pool.query('UPDATE checkpoints SET hadal_sequence = NULL WHERE thread_id = $1', [thread_id])
  expect(await historyOf(thread_id)).toEqual(old)
  await atClock(-5, () => echo(thread_id, 'three'))
  const whole = await historyOf(thread_id)
  expect(whole.slice(-old.length)).toEqual(old)
  expect(await textsOf(thread_id)).toHaveLength(6)
  const [newest = ''] = old
  const before = { configurable: { checkpoint_id: newest } }
  expect(idsOf(await server().client.threads.getHistory(thread_id, { before, limit: 100 }))).toEqual(old.slice(1))
})

test('a copy by the previous release is ordered by its ids', async () => {
  const { threads } = server().client
  const { thread_id } = await threads.create()
  await echo(thread_id, 'one')
  const copy = await threads.create({ graphId: 'echo' })
  // The statements of that release, with the rows in the worst order in which the database may read them.
  const copies = [
    ['checkpoints', 'checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata'],
    ['checkpoint_blobs', 'checkpoint_ns, channel, version, type, blob'],
  ]
  const client = await pool.connect()
  await client.query('BEGIN')
  for (const [table, columns] of copies)
    await client.query(
      `INSERT INTO ${table} (thread_id, ${columns}) SELECT $2, ${columns} FROM ${table} WHERE thread_id = $1
       ORDER BY ${table === 'checkpoints' ? 'checkpoint_id DESC' : 'channel'}`,
      [thread_id, copy.thread_id],
    )
  await client.query('COMMIT')
  client.release()
  expect(await historyOf(copy.thread_id)).toEqual(await historyOf(thread_id))
})

test('a replay finds the checkpoint of a subgraph that was written before the checkpoint of its parent', async () => {
  const saver = new ThreadSaver(pool)
  const threadId = randomUUID()
  const put = async (namespace: string, minutes: number): Promise<string> => {
    const config = { configurable: { thread_id: threadId, checkpoint_ns: namespace } }
    const checkpoint = await atClock(minutes, async () => emptyCheckpoint())
    await saver.put(config, checkpoint, { source: 'loop', step: 1, parents: {} }, {})
    return checkpoint.id
  }
  const first = await put('sub', 5)
  const parent = await put('', 0)
  await put('sub', -5)
  const found: string[] = []
  const before = { configurable: { checkpoint_id: parent } }
  const sub = { configurable: { thread_id: threadId, checkpoint_ns: 'sub' } }
  for await (const { checkpoint } of saver.list(sub, { before, limit: 1 })) found.push(checkpoint.id)
  expect(found).toEqual([first])
})

test('a checkpoint that is written again keeps its position, and the newest checkpoint of a run is its progress', async () => {
  const threadId = await threadOfTwoClocks()
  const saver = new ThreadSaver(pool)
  const config = { configurable: { thread_id: threadId, checkpoint_ns: '' } }
  const whole = await historyOf(threadId)
  const [newest, older] = [
    await saver.getTuple(config),
    await saver.getTuple({ configurable: { ...config.configurable, checkpoint_id: whole.at(2) } }),
  ]
  if (!newest || !older?.metadata || !older.parentConfig) throw new Error('The thread has two checkpoints at least.')
  const runId = randomUUID()
  // Checkpoints of a run that a server with a fast clock started and a server with a slow clock continued.
  await saver.put(
    older.parentConfig,
    older.checkpoint,
    { ...older.metadata, ...{ run_id: runId, step: 2, source: 'loop' } },
    {},
  )
  expect(await historyOf(threadId)).toEqual(whole)
  const { checkpoint, metadata } = newest
  if (!metadata) throw new Error('The newest checkpoint has metadata.')
  await saver.put(newest.config, checkpoint, { ...metadata, ...{ run_id: runId, step: 3, source: 'loop' } }, {})
  expect(await historyOf(threadId)).toEqual(whole)
  expect((await runProgress(pool, threadId, runId)).checkpoint).toBe(newest.checkpoint.id)
})

test('an approval expires by the clock of the database, even if the clock of the server differs', async () => {
  const { threads, runs } = server().client
  const { thread_id } = await threads.create()
  const calls = [{ name: 'pay', args: { file: '', amount: 1 } }]
  const input = { messages: [{ role: 'user', content: JSON.stringify(calls) }] }
  await atClock(-10, () => runs.wait(thread_id, 'guarded', { input }))
  const { rows } = await pool.query<{ hours: number }>(
    `SELECT round(extract(epoch FROM expires_at - at) / 36)::int / 100.0::float8 AS hours FROM hadal.approval_event WHERE event = 'asked' AND thread_id = $1`,
    [thread_id],
  )
  expect(rows).toEqual([{ hours: 24 }])
})
