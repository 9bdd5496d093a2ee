import { join } from 'node:path'
import type { Client } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const hanging = useTestServer(createDatabase(), {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/ending-agents/langgraph.json'),
})
const effects = effectsFiles()

interface UnderWay {
  readonly client: Client
  readonly thread_id: string
  readonly run_id: string
  readonly lines: () => string[]
  /** Lets the run continue; until then it stays in its step. */
  readonly open: () => void
}

/** A run in its second step, on a thread on which another run has finished. */
async function underWay(): Promise<UnderWay> {
  const { client } = server()
  const { path, lines, gate, open } = effects()
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  const { run_id } = await client.runs.create(thread_id, 'steps', { input: { file: path, steps: 5, gate } })
  await eventually(lines, (seen) => seen.length === 2)
  return { client, thread_id, run_id, lines, open }
}

const over = ({ client, thread_id, run_id }: UnderWay): Promise<string> =>
  eventually(
    async () => (await client.runs.get(thread_id, run_id)).status,
    (status) => status !== 'pending' && status !== 'running',
  )

/** Returns the checkpoints of a thread, with their writes. */
async function checkpointRows(threadId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  const { rows } = await client
    .query<{ row: string }>(
      `SELECT concat_ws(' ', 'checkpoint', checkpoint_ns, checkpoint_id) AS row FROM checkpoints WHERE thread_id = $1
       UNION ALL
       SELECT concat_ws(' ', 'write', checkpoint_ns, checkpoint_id, task_id, idx) FROM checkpoint_writes WHERE thread_id = $1
       ORDER BY 1`,
      [threadId],
    )
    .finally(() => client.end())
  return rows.map(({ row }) => row)
}

describe('cancelling', () => {
  test('a run stops it in its step and keeps its finished steps', async () => {
    const run = await underWay()
    const { client, thread_id, run_id, lines } = run
    await client.runs.cancel(thread_id, run_id, true)
    expect(await client.runs.get(thread_id, run_id)).toMatchObject({
      status: 'interrupted',
      cancel_reason: 'interrupt',
    })
    const thread = await client.threads.get(thread_id)
    expect(thread).toMatchObject({ status: 'interrupted', values: { done: [1, 2] } })
    const ran = lines().length
    await client.runs.wait(thread_id, 'echo', { input: { messages: [] } })
    expect(lines()).toHaveLength(ran)
  })

  test('a run with rollback restores the state of its thread before the run', async () => {
    const { client, thread_id, run_id } = await underWay()
    const before = await client.threads.getHistory(thread_id, { metadata: { source: 'loop' } })
    expect(before.length).toBeGreaterThan(1)
    await client.runs.cancel(thread_id, run_id, true, 'rollback')
    await expect(client.runs.get(thread_id, run_id)).rejects.toThrow('404')
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle', values: { done: [1] } })
    // The next run continues from there, and reads nothing of the run that was rolled back.
    expect(await client.runs.wait(thread_id, 'steps', { input: { steps: 3, gate: '', file: '' } })).toMatchObject({
      done: [1, 2, 3],
    })
  })

  test('a run with rollback deletes all its checkpoints and writes', async () => {
    const { client } = server()
    const { path, lines, gate } = effects()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
    const before = await checkpointRows(thread_id)
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: { file: path, steps: 5, gate } })
    await eventually(lines, (seen) => seen.length === 2)
    expect((await checkpointRows(thread_id)).length).toBeGreaterThan(before.length)
    await client.runs.cancel(thread_id, run_id, true, 'rollback')
    expect(await checkpointRows(thread_id)).toEqual(before)
  })

  test('a run that continued another run, with rollback, lets its steps be executed again', async () => {
    const { client } = server()
    const { path, lines, gate, open } = effects()
    const { thread_id } = await client.threads.create()
    const input = { file: path, steps: 3, gate }
    await client.runs.wait(thread_id, 'steps', { input, interruptBefore: ['step'] })
    const before = await checkpointRows(thread_id)
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: null })
    await eventually(lines, (seen) => seen.length === 3)
    await client.runs.cancel(thread_id, run_id, true, 'rollback')
    expect(await checkpointRows(thread_id)).toEqual(before)
    open()
    expect(await client.runs.wait(thread_id, 'steps', { input: null })).toMatchObject({ done: [1, 2, 3] })
    expect(lines()).toEqual(['1', '2', '3', '1', '2', '3'])
  })

  test('a run that waits behind another run ends it at once, and the other run continues', async () => {
    const run = await underWay()
    const { client, thread_id } = run
    const waiting = await client.runs.create(thread_id, 'echo', {
      input: { messages: [] },
      multitaskStrategy: 'enqueue',
    })
    await client.runs.cancel(thread_id, waiting.run_id)
    expect((await client.runs.get(thread_id, waiting.run_id)).status).toBe('interrupted')
    expect((await client.threads.get(thread_id)).status).toBe('busy')
    run.open()
    expect(await over(run)).toBe('success')
    expect((await client.threads.get(thread_id)).status).toBe('idle')
  })

  test('a run that is over is rejected', async () => {
    const run = await underWay()
    run.open()
    await over(run)
    await expect(run.client.runs.cancel(run.thread_id, run.run_id)).rejects.toThrow('is over already')
  })

  test.each([
    ['join', ({ thread_id, run_id }: UnderWay) => `/threads/${thread_id}/runs/${run_id}/join`],
    ['stream', ({ thread_id, run_id }: UnderWay) => `/threads/${thread_id}/runs/${run_id}/stream`],
  ])('a run by a client that disconnects from its %s stops it, if the client asked for that', async (_what, pathOf) => {
    const run = await underWay()
    const watch = async (query: string): Promise<void> => {
      const gone = new AbortController()
      const { body } = await fetch(`${server().url}${pathOf(run)}?${query}`, { signal: gone.signal })
      gone.abort()
      await body?.cancel().catch(() => undefined)
    }
    await watch('cancel_on_disconnect=0')
    expect((await run.client.runs.get(run.thread_id, run.run_id)).status).toBe('running')
    await watch('cancel_on_disconnect=1')
    expect(await over(run)).toBe('interrupted')
  })

  test('a run by several clients at the same time stops it once, and no client gets a server error', async () => {
    const run = await underWay()
    const cancels = Array.from({ length: 8 }, (_, index) =>
      run.client.runs.cancel(run.thread_id, run.run_id, index % 2 === 0, index < 4 ? 'rollback' : 'interrupt'),
    )
    for (const result of await Promise.allSettled(cancels)) {
      if (result.status === 'rejected') expect(String(result.reason)).toMatch(/404|409/)
    }
    // The run was rolled back, or had ended as interrupted before the first rollback arrived.
    const left = await run.client.runs.get(run.thread_id, run.run_id).catch(() => undefined)
    expect((await run.client.threads.get(run.thread_id)).status).toBe(left ? 'interrupted' : 'idle')
    expect(left?.status ?? 'interrupted').toBe('interrupted')
  })

  test.each([
    ['model', 'hanging'],
    ['model', 'hanging-defined'],
    ['tool', 'hanging'],
    ['tool', 'hanging-defined'],
  ])('a run aborts the call of its %s (graph %s)', async (what, graph) => {
    const { client } = hanging()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    const input = { messages: [{ role: 'user', content: `${what} ${path}` }] }
    const { run_id } = await client.runs.create(thread_id, graph, { input })
    await eventually(lines, (seen) => seen.length === 1)
    await client.runs.cancel(thread_id, run_id, true)
    await eventually(lines, (seen) => seen.length === 2)
    expect(lines()).toEqual([`${what} began`, `${what} was aborted`])
    expect((await client.runs.get(thread_id, run_id)).status).toBe('interrupted')
  })

  test('the runs of a thread also happens when the thread is deleted', async () => {
    const { client, thread_id, lines } = await underWay()
    await client.threads.delete(thread_id)
    await expect(client.threads.get(thread_id)).rejects.toThrow('404')
    await eventually(
      () => server().logged.some((line) => line.event === 'lease_lost' && line.thread_id === thread_id),
      Boolean,
    )
    expect(lines().length).toBeLessThan(4)
  })
})

describe('a second run on a busy thread', () => {
  const second = (
    run: UnderWay,
    multitaskStrategy: 'reject' | 'enqueue' | 'interrupt' | 'rollback' | undefined,
  ): Promise<unknown> =>
    run.client.runs.wait(run.thread_id, 'steps', {
      input: { file: '', steps: 1, gate: '' },
      multitaskStrategy,
    })

  test('is rejected with the strategy reject', async () => {
    const run = await underWay()
    await expect(second(run, 'reject')).rejects.toThrow(/409.*is busy with run/)
    run.open()
    expect(await over(run)).toBe('success')
  })

  test.each(['enqueue', undefined] as const)(
    'waits until the first run has ended normally, with the strategy %s',
    async (strategy) => {
      const run = await underWay()
      const waiting = second(run, strategy)
      await eventually(
        () => run.client.runs.list(run.thread_id),
        (runs) => runs.length === 3,
      )
      run.open()
      expect(await waiting).toMatchObject({ done: [1, 2, 3, 4, 5, 6] })
      expect(await over(run)).toBe('success')
    },
  )

  test('interrupts the first run, which keeps its finished steps, with the strategy interrupt', async () => {
    const run = await underWay()
    expect(await second(run, 'interrupt')).toMatchObject({ done: [1, 2, 3] })
    expect(await over(run)).toBe('interrupted')
  })

  test('rolls the first run back, with the strategy rollback', async () => {
    const run = await underWay()
    expect(await second(run, 'rollback')).toMatchObject({ done: [1, 2] })
    await expect(run.client.runs.get(run.thread_id, run.run_id)).rejects.toThrow('404')
  })

  test('waits with all others that are submitted, which run one after the other in their order', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const runs: string[] = []
    for (let count = 0; count < 6; count += 1) {
      const input = { messages: [{ role: 'user', content: `message ${count}` }] }
      runs.push((await client.runs.create(thread_id, 'echo', { input, multitaskStrategy: 'enqueue' })).run_id)
    }
    for (const run_id of runs) await client.runs.join(thread_id, run_id)
    const { values } = await client.threads.getState<{ messages: { content: string }[] }>(thread_id)
    const expected = runs.flatMap((_, count) => [`message ${count}`, `You said: message ${count}`])
    expect(values.messages.map(({ content }) => content)).toEqual(expected)
    expect((await client.threads.get(thread_id)).status).toBe('idle')
  })
})
