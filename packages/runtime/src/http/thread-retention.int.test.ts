import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import {
  act,
  answer,
  historyOf,
  idOf,
  prune,
  prunedGraphs,
  pruneRandomHistories,
} from '../fixtures/random-histories.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const file = join(tmpdir(), `langgraph-${randomUUID()}.json`)
writeFileSync(file, JSON.stringify({ graphs: prunedGraphs }))
afterAll(() => rmSync(file))

const database = createDatabase()
const server = useTestServer(database, { AGENTS_CONFIG: file })
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

const newThread = async (graphId: string): Promise<string> =>
  (await server().client.threads.create({ graphId })).thread_id
const rowsOf = async (table: string, threadId: string): Promise<number> =>
  (await pool.query(`SELECT 1 FROM public.${table} WHERE thread_id = $1`, [threadId])).rowCount ?? 0

describe('keep-latest of random histories with forks, interrupts, subgraphs and edits', () => {
  test('leaves every kept state, its resume and its continuation as they were', () => pruneRandomHistories(server(), 3))
})

describe('POST /threads/prune', () => {
  test('deletes threads with everything that they store', async () => {
    const threads = [await newThread('nested'), await newThread('nested')]
    for (const threadId of threads) await act(server(), threadId, { kind: 'turn', pick: 1 })
    const answered = await answer(server(), 'POST', '/threads/prune', {
      thread_ids: [...threads, threads[0], randomUUID()],
    })
    expect(answered).toEqual({ status: 200, body: { pruned_count: 2 } })
    for (const threadId of threads) {
      expect((await answer(server(), 'GET', `/threads/${threadId}`)).status).toBe(404)
      for (const table of ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes']) {
        expect(await rowsOf(table, threadId)).toBe(0)
      }
    }
  })

  test.each(['delete', 'keep_latest'])('with %s leaves a thread with a queued run as it is', async (strategy) => {
    const threadId = await newThread('nested')
    for (const pick of [1, 2, 3]) await act(server(), threadId, { kind: 'turn', pick })
    const { run_id } = await server().client.runs.create(threadId, 'nested', {
      input: { text: 'later' },
      afterSeconds: 3_600,
    })
    const before = await historyOf(server(), threadId)
    expect(await prune(server(), [threadId], strategy)).toEqual({ status: 200, body: { pruned_count: 0 } })
    expect(await historyOf(server(), threadId)).toEqual(before)
    await server().client.runs.cancel(threadId, run_id, true)
  })

  test('keeps the turns that can be run again, and removes values and writes of the others', async () => {
    const threadId = await newThread('nested')
    for (const pick of [1, 2, 3, 4]) await act(server(), threadId, { kind: 'turn', pick })
    const before = await historyOf(server(), threadId)
    await prune(server(), [threadId])
    const after = await historyOf(server(), threadId)
    const starts = before.filter(({ metadata }) => metadata?.source === 'input').slice(0, 2)
    const wanted = [before[0], ...starts, ...starts.map((start) => before[before.indexOf(start) + 1])].map(idOf)
    expect(after.map(idOf).toSorted()).toEqual(wanted.toSorted())
    const { rows } = await pool.query<{ orphans: number }>(
      `SELECT count(*)::int AS orphans FROM public.checkpoint_blobs AS blob WHERE thread_id = $1 AND NOT EXISTS (
         SELECT 1 FROM public.checkpoints AS one WHERE one.thread_id = $1 AND one.checkpoint_ns = blob.checkpoint_ns
           AND one.checkpoint->'channel_versions'->>blob.channel = blob.version)`,
      [threadId],
    )
    expect(rows[0]?.orphans).toBe(0)
    const { rowCount } = await pool.query(
      `SELECT 1 FROM public.checkpoint_writes AS write WHERE thread_id = $1 AND NOT EXISTS (
         SELECT 1 FROM public.checkpoints AS one WHERE one.thread_id = $1 AND one.checkpoint_ns = write.checkpoint_ns
           AND one.checkpoint_id = write.checkpoint_id)`,
      [threadId],
    )
    expect(rowCount).toBe(0)
    // Each state that stays names a parent that stays, so that a client can draw the branches.
    for (const { parent_checkpoint } of after.slice(0, -1)) {
      expect(after.map(idOf)).toContain(parent_checkpoint?.checkpoint_id)
    }
  })

  test('makes a request for a removed checkpoint 404 with a sentence that names keep-latest', async () => {
    const threadId = await newThread('nested')
    for (const pick of [1, 2, 3, 4]) await act(server(), threadId, { kind: 'turn', pick })
    const oldest = idOf((await historyOf(server(), threadId)).at(-1))
    expect((await answer(server(), 'GET', `/threads/${threadId}/state/${oldest}`)).status).toBe(200)
    await prune(server(), [threadId])
    const gone = { status: 404, body: { detail: expect.stringContaining('It was removed by keep-latest') } }
    expect(await answer(server(), 'GET', `/threads/${threadId}/state/${oldest}`)).toMatchObject(gone)
    const run = { assistant_id: 'nested', input: { text: 'again' }, checkpoint_id: oldest }
    expect(await answer(server(), 'POST', `/threads/${threadId}/runs`, run)).toMatchObject(gone)
    expect(await answer(server(), 'POST', `/threads/${threadId}/history`, { before: oldest })).toMatchObject(gone)
  })

  test('keeps the pending approval of a deep agent with a subagent, which a person can then answer', async () => {
    const threadId = await newThread('deep')
    const input = { messages: [{ role: 'user', content: 'go' }] }
    await server().client.runs.wait(threadId, 'deep', { input })
    const before = await server().client.threads.get(threadId)
    expect(before.status).toBe('interrupted')
    await prune(server(), [threadId])
    expect(await server().client.threads.get(threadId)).toMatchObject({
      interrupts: before.interrupts,
      values: before.values,
    })
    const [interrupt] = Object.values(before.interrupts).flat()
    const resume = { [interrupt?.id ?? '']: { decisions: [{ type: 'approve' }] } }
    const values = await server().client.runs.wait(threadId, 'deep', { command: { resume } })
    expect(JSON.stringify(values)).toContain('All is done now')
  })

  test('rejects unknown fields, other strategies and invalid ids', async () => {
    for (const body of [
      { thread_ids: [randomUUID()], strateg: 'delete' },
      { thread_ids: [randomUUID()], strategy: 'archive' },
      { thread_ids: ['x'] },
      {},
    ]) {
      expect((await answer(server(), 'POST', '/threads/prune', body)).status).toBe(422)
    }
  })
})

test('GET /threads/{id}/storage answers what the checkpoints of a thread store', async () => {
  const threadId = await newThread('nested')
  await act(server(), threadId, { kind: 'turn', pick: 1 })
  const { body } = await answer(server(), 'GET', `/threads/${threadId}/storage`)
  expect(body).toMatchObject({
    thread_id: threadId,
    checkpoints: { count: await rowsOf('checkpoints', threadId) },
    channel_values: {
      count: await rowsOf('checkpoint_blobs', threadId),
      by_channel: { log: { versions: expect.any(Number), bytes: expect.any(Number) } },
    },
    pending_writes: { count: await rowsOf('checkpoint_writes', threadId) },
  })
  const sizes = ['checkpoints', 'channel_values', 'pending_writes'].map((name) =>
    Number(field(field(body, name), 'bytes')),
  )
  expect(sizes.every((bytes) => bytes > 0)).toBe(true)
  expect(field(body, 'total_bytes')).toBe(sizes.reduce((a, b) => a + b))
  for (let turn = 0; turn < 5; turn += 1) await act(server(), threadId, { kind: 'turn', pick: turn })
  const whole = field((await answer(server(), 'GET', `/threads/${threadId}/storage`)).body, 'total_bytes')
  await prune(server(), [threadId])
  expect(field((await answer(server(), 'GET', `/threads/${threadId}/storage`)).body, 'total_bytes')).toBeLessThan(
    Number(whole),
  )
  expect((await answer(server(), 'GET', `/threads/${randomUUID()}/storage`)).status).toBe(404)
})
