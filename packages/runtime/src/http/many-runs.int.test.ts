import { randomUUID } from 'node:crypto'
import type { Client } from '@langchain/langgraph-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
let client: Client
beforeAll(() => {
  client = server().client
})

const input = { messages: [{ role: 'user', content: 'hello' }] }
const later = { input, afterSeconds: 3_600 }
const post = async (path: string, body: unknown): Promise<{ status: number; body: string }> => {
  const response = await fetch(`${server().url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.text() }
}
const statusesOf = async (threadId: string): Promise<string[]> =>
  (await client.runs.list(threadId, { limit: 100 })).map(({ status }) => status).toSorted()

describe('a batch', () => {
  test('starts each run on a new thread, in the order of the request', async () => {
    const runs = await client.runs.createBatch([
      { assistantId: 'echo', input, metadata: { n: 1 } },
      // The SDK's type of this field has other values than the API.
      {
        assistantId: 'steps',
        input: { steps: 1 },
        metadata: { n: 2 },
        onCompletion: 'keep' as never,
        streamMode: ['updates'],
      },
    ])
    expect(runs.map(({ metadata }) => metadata)).toEqual([{ n: 1 }, { n: 2 }])
    expect(new Set(runs.map(({ thread_id }) => thread_id)).size).toBe(2)
    for (const { thread_id, run_id } of runs) await client.runs.join(thread_id, run_id)
    // The fields that the SDK sends by its own names count: the thread of this run is found by searches, and its stream has its mode.
    const [, kept] = runs
    expect(await client.threads.search({ ids: [kept?.thread_id ?? ''] })).toHaveLength(1)
    const events: string[] = []
    for await (const { event } of client.runs.joinStream(kept?.thread_id ?? '', kept?.run_id ?? '')) events.push(event)
    expect(events).toContain('updates')
  })

  test('starts no run if one of them is refused, and names it', async () => {
    const marker = randomUUID()
    const good = { assistant_id: 'echo', input, metadata: { marker }, on_completion: 'keep' }
    const invalid = await post('/runs/batch', [good, { ...good, after_seconds: -1 }])
    expect(invalid).toMatchObject({ status: 422, body: expect.stringContaining('1.after_seconds') })
    expect((await post('/runs/batch', [good, { ...good, assistant_id: 'nobody' }])).status).toBe(404)
    expect((await post('/runs/batch', [good, { ...good, command: { resume: 1 } }])).status).toBe(422)
    expect(await client.threads.count({ metadata: { marker } })).toBe(0)
  })

  test.each([
    ['no run', []],
    ['a body that is not a list', {}],
    ['a run on a thread', [{ assistant_id: 'echo', thread_id: randomUUID() }]],
    ['a run that is not an object', [1]],
  ])('with %s is refused with 422', async (_what, body) => {
    expect((await post('/runs/batch', body)).status).toBe(422)
  })
})

describe('cancelling many runs', () => {
  test('cancels the listed runs of a thread, and leaves those that are over', async () => {
    const { thread_id } = await client.threads.create()
    const over = await client.runs.create(thread_id, 'echo', { input })
    await client.runs.join(thread_id, over.run_id)
    const waiting = [
      await client.runs.create(thread_id, 'echo', later),
      await client.runs.create(thread_id, 'echo', later),
    ]
    await client.runs.create(thread_id, 'echo', later)
    const runIds = [over, ...waiting].map(({ run_id }) => run_id)
    await client.runs.cancelMany({ threadId: thread_id, runIds })
    expect(await statusesOf(thread_id)).toEqual(['interrupted', 'interrupted', 'pending', 'success'])
    await client.runs.cancelMany({ threadId: thread_id, runIds: [waiting[0]?.run_id ?? ''] })
    await client.runs.cancelMany({ status: 'all', action: 'rollback' })
    expect(await statusesOf(thread_id)).toEqual(['interrupted', 'interrupted', 'success'])
  })

  test('by status cancels the runs of all threads that have it', async () => {
    const running = await client.threads.create()
    const first = await client.runs.create(running.thread_id, 'steps', { input: { steps: 2_000, pauseMs: 50 } })
    await eventually(
      () => client.runs.get(running.thread_id, first.run_id),
      ({ status }) => status === 'running',
    )
    const waiting = await client.threads.create()
    await client.runs.create(waiting.thread_id, 'echo', later)
    await client.runs.create(waiting.thread_id, 'echo', later)
    await client.runs.cancelMany({ status: 'running' })
    await client.runs.join(running.thread_id, first.run_id)
    expect(await statusesOf(running.thread_id)).toEqual(['interrupted'])
    expect(await statusesOf(waiting.thread_id)).toEqual(['pending', 'pending'])
    await client.runs.cancelMany({ status: 'pending' })
    expect(await statusesOf(waiting.thread_id)).toEqual(['interrupted', 'interrupted'])
    expect((await client.threads.get(waiting.thread_id)).status).toBe('idle')
  })

  test('with an unknown run or thread is refused with 404, and cancels nothing', async () => {
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'echo', later)
    const unknown = client.runs.cancelMany({ threadId: thread_id, runIds: [run_id, randomUUID()] })
    await expect(unknown).rejects.toThrow('404')
    await expect(client.runs.cancelMany({ threadId: randomUUID(), runIds: [run_id] })).rejects.toThrow('404')
    expect(await statusesOf(thread_id)).toEqual(['pending'])
  })

  test.each([
    ['no field', {}],
    ['both a status and runs', { status: 'all', thread_id: randomUUID(), run_ids: [randomUUID()] }],
    ['runs without their thread', { run_ids: [randomUUID()] }],
    ['an unknown status', { status: 'success' }],
    ['an unknown field', { status: 'pending', thread: 'x' }],
    ['no run', { thread_id: randomUUID(), run_ids: [] }],
  ])('with %s is refused with 422, and cancels nothing', async (_what, body) => {
    const { thread_id } = await client.threads.create()
    await client.runs.create(thread_id, 'echo', later)
    expect((await post('/runs/cancel', body)).status).toBe(422)
    expect(await statusesOf(thread_id)).toEqual(['pending'])
  })
})

describe('the reason of a cancel', () => {
  test('is kept with the run', async () => {
    const { thread_id } = await client.threads.create()
    const run = async () => (await client.runs.create(thread_id, 'echo', later)).run_id
    const [taken, told, none] = [await run(), await run(), await run()]
    await client.runs.cancel(thread_id, taken, true, 'interrupt', { reason: 'taken' })
    const path = `/threads/${thread_id}/runs/${told}/cancel?reason=${encodeURIComponent('a better idea')}`
    expect((await post(path, {})).status).toBe(202)
    await client.runs.cancel(thread_id, none)
    const reasonOf = async (runId: string) => (await client.runs.get(thread_id, runId)).cancel_reason
    expect(await reasonOf(taken)).toMatch(/^taken:/)
    expect([await reasonOf(told), await reasonOf(none)]).toEqual(['a better idea', 'interrupt'])
    const listed = await client.runs.list(thread_id, { select: ['run_id', 'cancel_reason'], status: 'interrupted' })
    expect(listed.find(({ run_id }) => run_id === told)).toEqual({ run_id: told, cancel_reason: 'a better idea' })
  })

  test.each([
    ['with a rollback', 'action=rollback&reason=x'],
    ['with U+0000', 'reason=a%00b'],
    ['that is too long', `reason=${'x'.repeat(1_001)}`],
  ])('%s is refused with 422', async (_what, query) => {
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'echo', later)
    expect((await post(`/threads/${thread_id}/runs/${run_id}/cancel?${query}`, {})).status).toBe(422)
    expect(await statusesOf(thread_id)).toEqual(['pending'])
  })
})

describe('a run with after_seconds', () => {
  test.each(['enqueue', 'interrupt', 'rollback', 'reject'] as const)(
    'and the strategy %s is accepted, and starts when it is due',
    async (multitaskStrategy) => {
      const { thread_id } = await client.threads.create()
      const { run_id, status } = await client.runs.create(thread_id, 'echo', {
        input,
        multitaskStrategy,
        afterSeconds: 0.5,
      })
      expect(status).toBe('pending')
      await client.runs.join(thread_id, run_id)
      expect((await client.runs.get(thread_id, run_id)).status).toBe('success')
    },
  )
})
