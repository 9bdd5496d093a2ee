import type { ThreadState } from '@langchain/langgraph-sdk'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { assistantIdOf } from '../runs/assistants/assistant-id.ts'

const server = useTestServer(createDatabase())
const say = (content: string) => ({ messages: [{ role: 'user', content }] })

/** A thread with two runs, the second with metadata. */
async function twoRuns(metadata: Record<string, unknown>): Promise<string> {
  const { threads, runs } = server().client
  const { thread_id } = await threads.create()
  await runs.wait(thread_id, 'echo', { input: say('one') })
  await runs.wait(thread_id, 'echo', { input: say('two'), metadata })
  return thread_id
}

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${server().url}${path}`)
  return { status: answer.status, body: await answer.json() }
}

describe('the metadata of a run', () => {
  test('is in each of its checkpoints, beside the ids of run, graph and assistant', async () => {
    const { threads, runs } = server().client
    const threadId = await twoRuns({ purpose: 'audit', tags: ['a', 'b'], nested: { level: 1 } })
    const [run] = await runs.list(threadId)
    const found = await threads.getHistory(threadId, { metadata: { purpose: 'audit' } })
    expect(found).toHaveLength(3)
    for (const { metadata } of found) {
      expect(metadata).toMatchObject({
        purpose: 'audit',
        tags: ['a', 'b'],
        nested: { level: 1 },
        run_id: run?.run_id,
        run_attempt: 1,
        graph_id: 'echo',
        assistant_id: assistantIdOf('echo'),
        thread_id: threadId,
      })
    }
    expect(await threads.getHistory(threadId)).toHaveLength(6)
    expect(await threads.getHistory(threadId, { metadata: { nested: { level: 1 }, tags: ['b'] } })).toHaveLength(3)
    expect(
      await threads.getHistory(threadId, { metadata: { run_id: run?.run_id ?? '', thread_id: threadId } }),
    ).toHaveLength(3)
    expect(await threads.getHistory(threadId, { metadata: { purpose: 'other' } })).toEqual([])
  })

  test('replaces nothing that the server and LangGraph write', async () => {
    const { threads, runs } = server().client
    const hostile = { source: 'me', step: 'x', parents: 1, run_id: 'r', thread_id: 't', graph_id: 'g', __start__: 1 }
    const threadId = await twoRuns({ ...hostile, counters_since_delta_snapshot: { a: 1 }, mine: true })
    const [run] = await runs.list(threadId)
    const [newest] = await threads.getHistory(threadId)
    expect(newest?.metadata).toMatchObject({
      source: 'loop',
      step: 4,
      parents: {},
      run_id: run?.run_id,
      graph_id: 'echo',
      mine: true,
    })
    expect(newest?.metadata).not.toHaveProperty('__start__')
    expect(newest?.metadata).not.toHaveProperty('counters_since_delta_snapshot')
    expect(await runs.wait(threadId, 'echo', { input: say('three') })).toMatchObject({ messages: { length: 6 } })
  })

  test('is in the checkpoints of subgraphs, and not in those of a client', async () => {
    const { threads, runs } = server().client
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'trips', { input: { city: 'Oslo' }, metadata: { purpose: 'audit' } })
    const state = await threads.getState(thread_id, undefined, { subgraphs: true })
    expect(state.tasks[0]?.state?.tasks[0]?.state?.metadata).toMatchObject({ purpose: 'audit', graph_id: 'trips' })
    await threads.updateState(thread_id, { values: { city: 'Rome' }, asNode: 'plan' })
    const { metadata } = await threads.getState(thread_id)
    expect(metadata).toMatchObject({ source: 'update', graph_id: 'trips' })
    expect(metadata).not.toHaveProperty('run_id')
    // LangGraph copies the metadata of the checkpoint before for this update.
    const threadId = await twoRuns({ purpose: 'audit' })
    await threads.updateState(threadId, { values: null, asNode: '__end__' })
    const ended = await threads.getState(threadId)
    expect(ended).toMatchObject({ next: [], metadata: { source: 'update', graph_id: 'echo' } })
    expect(ended.metadata).not.toHaveProperty('run_id')
  })
})

describe('the history of a thread', () => {
  test('is read with GET too, by limit and before', async () => {
    const { threads } = server().client
    const threadId = await twoRuns({})
    const history = await threads.getHistory(threadId)
    const path = `/threads/${threadId}/history`
    expect(await get(path)).toEqual({ status: 200, body: history })
    expect(await get(`${path}?limit=2`)).toEqual({ status: 200, body: history.slice(0, 2) })
    const before = history[1]?.checkpoint.checkpoint_id
    expect(await get(`${path}?limit=3&before=${before}`)).toEqual({ status: 200, body: history.slice(2, 5) })
  })

  test.each([
    ['limit=0', 422, 'limit'],
    ['limit=x', 422, 'limit'],
    ['limit=1001', 422, 'limit'],
    ['before=unknown', 404, 'There is no checkpoint unknown'],
  ])('rejects GET with %s', async (query, status, detail) => {
    const { thread_id } = await server().client.threads.create()
    expect(await get(`/threads/${thread_id}/history?${query}`)).toEqual({
      status,
      body: { detail: expect.stringContaining(detail) },
    })
  })

  test('takes before as an id, as a checkpoint and as a configuration', async () => {
    const { threads } = server().client
    const threadId = await twoRuns({})
    const history = await threads.getHistory(threadId)
    const { checkpoint } = history[2] as ThreadState
    const forms: unknown[] = [checkpoint.checkpoint_id, checkpoint, { configurable: checkpoint }]
    for (const before of forms) {
      const sent = await fetch(`${server().url}/threads/${threadId}/history`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ before }),
      })
      expect(await sent.json()).toEqual(history.slice(3))
    }
  })
})

test('patchState merges metadata into those of the thread', async () => {
  const { threads } = server().client
  const { thread_id } = await threads.create({ metadata: { colour: 'blue' } })
  await threads.patchState(thread_id, { label: 'good' })
  expect((await threads.get(thread_id)).metadata).toEqual({ colour: 'blue', label: 'good' })
  await expect(threads.patchState('00000000-0000-4000-8000-000000000000', { a: 1 })).rejects.toThrow('404')
})
