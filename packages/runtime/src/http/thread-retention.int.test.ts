import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { field, isRecord } from '@hadal/middleware/unknown-value'
import type { ThreadState } from '@langchain/langgraph-sdk'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const file = join(tmpdir(), `langgraph-${randomUUID()}.json`)
const graphs = {
  nested: `${join(fixtures, 'nested.ts')}:graph`,
  echo: `${join(fixtures, 'agents/echo.ts')}:graph`,
  questions: `${join(fixtures, 'agents/questions.ts')}:graph`,
  deep: `${join(fixtures, 'agents/deep.ts')}:graph`,
}
writeFileSync(file, JSON.stringify({ graphs }))
afterAll(() => rmSync(file))

const database = createDatabase()
const server = useTestServer(database, { AGENTS_CONFIG: file })
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

const json = { 'content-type': 'application/json' }

async function answer(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${server().url}${path}`, init)
  return { status: response.status, body: await response.json() }
}

const prune = (threadIds: readonly string[], strategy = 'keep_latest') =>
  answer('POST', '/threads/prune', { thread_ids: threadIds, strategy })

const newThread = async (graphId: string): Promise<string> =>
  (await server().client.threads.create({ graphId })).thread_id
const history = (threadId: string): Promise<ThreadState[]> =>
  server().client.threads.getHistory(threadId, { limit: 1_000 })
const idOf = (state: ThreadState | undefined): string => state?.checkpoint.checkpoint_id ?? ''
const rowsOf = async (table: string, threadId: string): Promise<number> =>
  (await pool.query(`SELECT 1 FROM public.${table} WHERE thread_id = $1`, [threadId])).rowCount ?? 0

/** The state without what differs between a thread and its copy: the thread's id, ids of messages, times, and the parent, which may be removed. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (!isRecord(value)) return value
  const ignored = ['thread_id', 'parent_checkpoint', 'run_id', 'created_at', 'ts']
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ignored.includes(key))
      .map(([key, one]) => [key, comparable(one)]),
  )
}

const stateAt = async (threadId: string, checkpointId: string): Promise<unknown> => {
  const { status, body } = await answer('GET', `/threads/${threadId}/state/${checkpointId}?subgraphs=true`)
  expect({ status, checkpointId }).toEqual({ status: 200, checkpointId })
  return comparable(body)
}

/** What a client can do with a thread; `pick` chooses a checkpoint of its history, where the action needs one. */
type Action = { readonly kind: 'turn' | 'ask' | 'resume' | 'fork' | 'edit' | 'continue'; readonly pick: number }
const actions: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('turn', 'turn', 'ask', 'resume', 'fork', 'edit', 'continue'),
  pick: fc.nat(30),
})

/** Does one action of a client on a thread, if the thread's state allows it. `from` lists the checkpoints that it may name. */
async function act(threadId: string, { kind, pick }: Action, from: readonly string[]): Promise<void> {
  const { threads, runs } = server().client
  const chosen = from[pick % Math.max(from.length, 1)]
  const run = (payload: object) =>
    answer('POST', `/threads/${threadId}/runs/wait`, { assistant_id: 'nested', ...payload })
  if (kind === 'turn' || kind === 'ask') await run({ input: { text: `${kind} ${pick}` } })
  if (kind === 'fork' && chosen) await run({ input: { text: `fork ${pick}` }, checkpoint_id: chosen })
  if (kind === 'continue' && chosen) await run({ input: null, checkpoint_id: chosen })
  if (kind === 'resume') {
    const { interrupts } = await threads.get(threadId)
    if (Object.keys(interrupts).length > 0) {
      await runs.wait(threadId, 'nested', { command: { resume: pick } })
    }
  }
  if (kind === 'edit') await threads.updateState(threadId, { values: { log: [`edit ${pick}`] }, asNode: 'begin' })
}

describe('keep-latest of random histories with forks, interrupts, subgraphs and edits', () => {
  test('leaves every kept state, its resume and its continuation as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(actions, { minLength: 2, maxLength: 6 }),
        fc.array(actions, { minLength: 1, maxLength: 4 }),
        async (before, after) => {
          const threadId = await newThread('nested')
          for (const action of before) await act(threadId, action, (await history(threadId)).map(idOf))
          const { thread_id: whole } = await server().client.threads.copy(threadId)
          expect(await prune([threadId])).toEqual({ status: 200, body: { pruned_count: 1 } })

          const kept = (await history(threadId)).map(idOf)
          const known = (await history(whole)).map(idOf)
          expect(known.filter((id) => kept.includes(id))).toEqual(kept)
          for (const id of kept) expect(await stateAt(threadId, id)).toEqual(await stateAt(whole, id))
          expect(comparable(await server().client.threads.getState(threadId, undefined, { subgraphs: true }))).toEqual(
            comparable(await server().client.threads.getState(whole, undefined, { subgraphs: true })),
          )
          // A second prune finds nothing.
          await prune([threadId])
          expect((await history(threadId)).map(idOf)).toEqual(kept)

          for (const action of after) {
            await act(threadId, action, kept)
            await act(whole, action, kept)
            const [pruned, other] = await Promise.all([threadId, whole].map((id) => server().client.threads.get(id)))
            expect([pruned?.status, pruned?.values]).toEqual([other?.status, other?.values])
          }
        },
      ),
      { numRuns: 5 },
    )
  })
})

describe('POST /threads/prune', () => {
  test('deletes threads with everything that they store', async () => {
    const threads = [await newThread('nested'), await newThread('nested')]
    for (const threadId of threads) await act(threadId, { kind: 'turn', pick: 1 }, [])
    const answered = await answer('POST', '/threads/prune', { thread_ids: [...threads, threads[0], randomUUID()] })
    expect(answered).toEqual({ status: 200, body: { pruned_count: 2 } })
    for (const threadId of threads) {
      expect((await answer('GET', `/threads/${threadId}`)).status).toBe(404)
      for (const table of ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes']) {
        expect(await rowsOf(table, threadId)).toBe(0)
      }
    }
  })

  test.each(['delete', 'keep_latest'])('with %s leaves a thread with a queued run as it is', async (strategy) => {
    const threadId = await newThread('nested')
    for (const pick of [1, 2, 3]) await act(threadId, { kind: 'turn', pick }, [])
    const { run_id } = await server().client.runs.create(threadId, 'nested', {
      input: { text: 'later' },
      afterSeconds: 3_600,
    })
    const before = await history(threadId)
    expect(await prune([threadId], strategy)).toEqual({ status: 200, body: { pruned_count: 0 } })
    expect(await history(threadId)).toEqual(before)
    await server().client.runs.cancel(threadId, run_id, true)
  })

  test('keeps the turns that can be run again, and removes values and writes of the others', async () => {
    const threadId = await newThread('nested')
    for (const pick of [1, 2, 3, 4]) await act(threadId, { kind: 'turn', pick }, [])
    const before = await history(threadId)
    await prune([threadId])
    const after = await history(threadId)
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
    for (const pick of [1, 2, 3, 4]) await act(threadId, { kind: 'turn', pick }, [])
    const oldest = idOf((await history(threadId)).at(-1))
    expect((await answer('GET', `/threads/${threadId}/state/${oldest}`)).status).toBe(200)
    await prune([threadId])
    const gone = { status: 404, body: { detail: expect.stringContaining('It was removed by keep-latest') } }
    expect(await answer('GET', `/threads/${threadId}/state/${oldest}`)).toMatchObject(gone)
    const run = { assistant_id: 'nested', input: { text: 'again' }, checkpoint_id: oldest }
    expect(await answer('POST', `/threads/${threadId}/runs`, run)).toMatchObject(gone)
    expect(await answer('POST', `/threads/${threadId}/history`, { before: oldest })).toMatchObject(gone)
  })

  test('keeps the pending approval of a deep agent with a subagent, which a person can then answer', async () => {
    const threadId = await newThread('deep')
    const input = { messages: [{ role: 'user', content: 'go' }] }
    await server().client.runs.wait(threadId, 'deep', { input })
    const before = await server().client.threads.get(threadId)
    expect(before.status).toBe('interrupted')
    await prune([threadId])
    expect(await server().client.threads.get(threadId)).toMatchObject({
      interrupts: before.interrupts,
      values: before.values,
    })
    const [interrupt] = Object.values(before.interrupts).flat()
    const resume = { [interrupt?.id ?? '']: { decisions: [{ type: 'approve' }] } }
    const values = await server().client.runs.wait(threadId, 'deep', { command: { resume } })
    expect(JSON.stringify(values)).toContain('All is done now')
  })

  test('rejects unknown fields, other strategies and ids that are none', async () => {
    for (const body of [
      { thread_ids: [randomUUID()], strateg: 'delete' },
      { thread_ids: [randomUUID()], strategy: 'archive' },
      { thread_ids: ['x'] },
      {},
    ]) {
      expect((await answer('POST', '/threads/prune', body)).status).toBe(422)
    }
  })
})

test('GET /threads/{id}/storage answers what the checkpoints of a thread store', async () => {
  const threadId = await newThread('nested')
  await act(threadId, { kind: 'turn', pick: 1 }, [])
  const { body } = await answer('GET', `/threads/${threadId}/storage`)
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
  for (let turn = 0; turn < 5; turn += 1) await act(threadId, { kind: 'turn', pick: turn }, [])
  const whole = field((await answer('GET', `/threads/${threadId}/storage`)).body, 'total_bytes')
  await prune([threadId])
  expect(field((await answer('GET', `/threads/${threadId}/storage`)).body, 'total_bytes')).toBeLessThan(Number(whole))
  expect((await answer('GET', `/threads/${randomUUID()}/storage`)).status).toBe(404)
})
