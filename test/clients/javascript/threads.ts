import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { asked, type MethodCases, say, talked } from './case.ts'

const messages = (values: unknown): unknown[] => (values as { messages: unknown[] }).messages

export const threads: MethodCases = {
  'threads.create': async ({ client }) => {
    const threadId = randomUUID()
    const thread = await client.threads.create({ threadId, metadata: { user: 'ada' }, graphId: 'echo', ttl: 60 })
    expect(thread).toMatchObject({ thread_id: threadId, status: 'idle', metadata: { user: 'ada', graph_id: 'echo' } })
    await expect(client.threads.create({ threadId })).rejects.toThrow(/409/)
    expect(await client.threads.create({ threadId, ifExists: 'do_nothing' })).toEqual(thread)
    const supersteps = [{ updates: [{ values: say('from elsewhere'), asNode: '__start__' }] }]
    const filled = await client.threads.create({ graphId: 'echo', supersteps })
    const { values, next } = await client.threads.getState(filled.thread_id)
    expect(messages(values)).toMatchObject([{ type: 'human', content: 'from elsewhere' }])
    expect(next).toEqual(['echo'])
  },
  'threads.get': async (served) => {
    const { threadId } = await talked(served)
    expect(await served.client.threads.get(threadId)).toMatchObject({ thread_id: threadId, status: 'idle' })
    const { thread_id } = await served.client.threads.create({ ttl: { ttl: 30, strategy: 'delete' } })
    const withTtl = await served.client.threads.get(thread_id, { include: ['ttl'] })
    expect(withTtl).toMatchObject({ ttl: { strategy: 'delete', ttl_minutes: 30, expires_at: expect.any(String) } })
    await expect(served.client.threads.get(randomUUID())).rejects.toThrow(/404/)
  },
  'threads.update': async ({ client }) => {
    const { thread_id } = await client.threads.create({ metadata: { one: 1 } })
    const updated = await client.threads.update(thread_id, { metadata: { two: 2 }, ttl: 60 })
    expect(updated.metadata).toMatchObject({ one: 1, two: 2 })
    expect(await client.threads.update(thread_id, { metadata: { three: 3 }, returnMinimal: true })).toBeUndefined()
    expect((await client.threads.get(thread_id)).metadata).toMatchObject({ one: 1, two: 2, three: 3 })
  },
  'threads.copy': async (served) => {
    const { threadId, values } = await talked(served)
    const copy: unknown = await served.client.threads.copy(threadId)
    const { thread_id } = copy as { thread_id: string }
    expect(thread_id).not.toBe(threadId)
    expect((await served.client.threads.getState(thread_id)).values).toEqual(values)
  },
  'threads.delete': async (served) => {
    const { threadId } = await talked(served)
    await served.client.threads.delete(threadId)
    await expect(served.client.threads.get(threadId)).rejects.toThrow(/404/)
  },
  'threads.prune': async (served) => {
    const [one, other] = [await talked(served), await talked(served)]
    expect(await served.client.threads.prune([one.threadId], { strategy: 'keep_latest' })).toEqual({ pruned_count: 1 })
    expect((await served.client.threads.getState(one.threadId)).values).toEqual(one.values)
    expect(await served.client.threads.prune([other.threadId])).toEqual({ pruned_count: 1 })
    await expect(served.client.threads.get(other.threadId)).rejects.toThrow(/404/)
  },
  'threads.search': async (served) => {
    const { client } = served
    const metadata = { mark: randomUUID() }
    const made: string[] = []
    for (const user of ['ada', 'bob', 'cy']) {
      const { thread_id } = await client.threads.create({ metadata: { ...metadata, user } })
      made.push(thread_id)
    }
    const [first = ''] = made
    await client.runs.wait(first, 'echo', { input: say('hello') })
    const ids = async (query: Parameters<typeof client.threads.search>[0]) =>
      (await client.threads.search({ metadata, ...query })).map(({ thread_id }) => thread_id)
    expect(await ids({ sortBy: 'created_at', sortOrder: 'asc' })).toEqual(made)
    expect(await ids({ sortBy: 'created_at', sortOrder: 'asc', limit: 1, offset: 1 })).toEqual(made.slice(1, 2))
    expect(await ids({ status: 'interrupted' })).toEqual([])
    expect(await ids({ ids: [first] })).toEqual([first])
    const select = await client.threads.search({ metadata, ids: [first], select: ['thread_id', 'metadata'] })
    expect(Object.keys(select[0] ?? {}).toSorted()).toEqual(['metadata', 'thread_id'])
    const extract = { last: 'values.messages[-1].content', user: 'metadata.user' }
    const extracted = await client.threads.search({ metadata, ids: [first], extract })
    expect(extracted).toMatchObject([{ extracted: { last: 'You said: hello', user: 'ada' } }])
  },
  'threads.count': async ({ client }) => {
    const metadata = { mark: randomUUID() }
    await client.threads.create({ metadata })
    expect(await client.threads.count({ metadata })).toBe(1)
    expect(await client.threads.count({ metadata, status: 'busy' })).toBe(0)
  },
  'threads.getState': async (served) => {
    const { client } = served
    const { threadId, values } = await talked(served)
    const state = await client.threads.getState(threadId)
    expect(state).toMatchObject({ values, next: [], checkpoint: { thread_id: threadId } })
    const { checkpoint_id: id } = state.checkpoint
    expect(await client.threads.getState(threadId, id ?? '')).toMatchObject({ values })
    const checkpoint = { thread_id: threadId, checkpoint_ns: '', checkpoint_id: id, checkpoint_map: null }
    expect(await client.threads.getState(threadId, checkpoint, { subgraphs: true })).toMatchObject({ values })
    const waiting = await client.threads.getState(await asked(served))
    expect(waiting.tasks.flatMap(({ interrupts }) => interrupts)).toHaveLength(2)
  },
  'threads.updateState': async (served) => {
    const { client } = served
    const { threadId } = await talked(served)
    const { configurable } = await client.threads.updateState(threadId, { values: say('again'), asNode: '__start__' })
    const state = await client.threads.getState(threadId)
    expect(state.checkpoint.checkpoint_id).toBe(configurable?.checkpoint_id)
    expect(messages(state.values)).toHaveLength(3)
    expect(state.next).toEqual(['echo'])
  },
  'threads.patchState': async (served) => {
    const { threadId } = await talked(served)
    await served.client.threads.patchState(threadId, { reviewed: 'yes' })
    await served.client.threads.patchState({ configurable: { thread_id: threadId } }, { by: 'ada' })
    expect((await served.client.threads.get(threadId)).metadata).toMatchObject({ reviewed: 'yes', by: 'ada' })
  },
  'threads.getHistory': async (served) => {
    const { client } = served
    const { threadId } = await talked(served)
    const history = await client.threads.getHistory(threadId)
    expect(history.map(({ next }) => next)).toEqual([[], ['echo'], ['__start__']])
    const [newest, before] = history
    const older = await client.threads.getHistory(threadId, {
      limit: 1,
      before: { configurable: { ...newest?.checkpoint } },
    })
    expect(older.map(({ checkpoint }) => checkpoint.checkpoint_id)).toEqual([before?.checkpoint.checkpoint_id])
    expect(await client.threads.getHistory(threadId, { metadata: { step: 1 } })).toHaveLength(1)
  },
  'threads.joinStream': async (served) => {
    const { client } = served
    const { threadId, runId } = await talked(served)
    const leaving = new AbortController()
    const events: string[] = []
    const stream = client.threads.joinStream(threadId, {
      lastEventId: '-',
      streamMode: ['run_modes', 'state_update'],
      signal: leaving.signal,
    })
    for await (const { event, data } of stream) {
      events.push(event)
      if (data?.status === 'run_done' && data.run_id === runId) break
    }
    leaving.abort()
    expect(events).toEqual(['metadata', 'values', 'values', 'metadata'])
  },
}
