import { collected } from '@hadal/runtime/fixtures/collected'
import { expect } from 'vitest'
import { asked, type MethodCases, say, talked, working } from './case.ts'

/** A value of the API for which the client's types have no name. */
const keep = 'keep' as 'complete'

const names = (parts: readonly { event: string }[]): string[] => parts.map(({ event }) => event)

export const runs: MethodCases = {
  'runs.create': async ({ client }) => {
    const { thread_id } = await client.threads.create()
    const run = await client.runs.create(thread_id, 'echo', { input: say('hello'), metadata: { from: 'desk' } })
    expect(run).toMatchObject({ thread_id, multitask_strategy: expect.any(String), metadata: { from: 'desk' } })
    await client.runs.join(thread_id, run.run_id)
    const alone = await client.runs.create(null, 'echo', { input: say('hello'), onCompletion: keep })
    const values = await client.runs.join(alone.thread_id, alone.run_id)
    expect(values).toMatchObject({ messages: [{}, { content: 'You said: hello' }] })
  },
  'runs.createBatch': async ({ client }) => {
    const batch = await client.runs.createBatch([
      { assistantId: 'echo', input: say('one') },
      { assistantId: 'echo', input: say('two') },
    ])
    expect(batch).toHaveLength(2)
    const answers = await Promise.all(batch.map(({ thread_id, run_id }) => client.runs.join(thread_id, run_id)))
    expect(answers).toMatchObject(['one', 'two'].map((word) => ({ messages: [{}, { content: `You said: ${word}` }] })))
  },
  'runs.wait': async (served) => {
    const { values, runId } = await talked(served)
    expect(values).toMatchObject({ messages: [{ type: 'human' }, { type: 'ai', content: 'You said: hello' }] })
    expect(runId).not.toBe('')
    const { client } = served
    await expect(client.runs.wait(null, 'steps', { input: { failAt: 1 } })).rejects.toThrow(/step 1 fails/)
    const failed = await client.runs.wait(null, 'steps', { input: { failAt: 1 }, raiseError: false })
    expect(failed).toMatchObject({ __error__: { message: 'step 1 fails' } })
  },
  'runs.stream': async (served) => {
    const { client } = served
    const { thread_id } = await client.threads.create()
    const streamMode = ['values', 'updates'] as const
    const parts = await collected(
      client.runs.stream(thread_id, 'echo', { input: say('hi'), streamMode: [...streamMode] }),
    )
    expect(names(parts)).toEqual(['metadata', 'values', 'updates', 'values'])
    const alone = await collected(client.runs.stream(null, 'echo', { input: say('hi'), streamMode: 'messages-tuple' }))
    expect(names(alone)[0]).toBe('metadata')
    const threadId = await asked(served)
    const { tasks } = await client.threads.getState(threadId)
    const resume = Object.fromEntries(tasks.flatMap(({ interrupts }) => interrupts.map(({ id }) => [id, 'yes'])))
    const answered = await collected(client.runs.stream(threadId, 'questions', { command: { resume } }))
    expect(answered.at(-1)?.data).toMatchObject({ answers: ['One?: "yes"', 'Two?: "yes"'] })
  },
  'runs.list': async (served) => {
    const { client } = served
    const { threadId, runId } = await talked(served)
    await client.runs.wait(threadId, 'echo', { input: say('again') })
    const all = await client.runs.list(threadId)
    expect(all).toHaveLength(2)
    expect(all[1]).toMatchObject({ run_id: runId, status: 'success' })
    expect(await client.runs.list(threadId, { limit: 1, offset: 1 })).toMatchObject([{ run_id: runId }])
    expect(await client.runs.list(threadId, { status: 'error' })).toEqual([])
    expect(await client.runs.list(threadId, { limit: 1, select: ['run_id'] })).toEqual([{ run_id: all[0]?.run_id }])
  },
  'runs.get': async (served) => {
    const { threadId, runId } = await talked(served)
    const run = await served.client.runs.get(threadId, runId)
    expect(run).toMatchObject({ run_id: runId, thread_id: threadId, status: 'success', metadata: expect.any(Object) })
    expect(run).toHaveProperty('kwargs')
  },
  'runs.join': async (served) => {
    const { threadId, runId, values } = await talked(served)
    expect(await served.client.runs.join(threadId, runId)).toEqual(values)
  },
  'runs.joinStream': async (served) => {
    const { client } = served
    const { threadId, runId, values } = await talked(served)
    const all = await collected(
      client.runs.joinStream(threadId, runId, { lastEventId: '-1', cancelOnDisconnect: false }),
    )
    expect(names(all)).toEqual(['metadata', 'values', 'values'])
    expect(all.at(-1)?.data).toEqual(values)
    const left = await collected(
      client.runs.joinStream(threadId, runId, { lastEventId: all[1]?.id ?? '', streamMode: ['values'] }),
    )
    expect(left).toEqual(all.slice(2))
    expect(await collected(client.runs.joinStream(null, runId, { lastEventId: '-1' }))).toEqual(all)
  },
  'runs.cancel': async (served) => {
    const { client } = served
    const { threadId, runId } = await working(served)
    await client.runs.cancel(threadId, runId, true, 'interrupt', { reason: 'taken' })
    expect(await client.runs.get(threadId, runId)).toMatchObject({ status: 'interrupted' })
    const other = await working(served)
    await client.runs.cancel(other.threadId, other.runId, true, 'rollback')
    await expect(client.runs.get(other.threadId, other.runId)).rejects.toThrow(/404/)
  },
  'runs.cancelMany': async (served) => {
    const { client } = served
    const { threadId, runId } = await working(served)
    await client.runs.cancelMany({ threadId, runIds: [runId] })
    await client.runs.join(threadId, runId)
    expect(await client.runs.get(threadId, runId)).toMatchObject({ status: 'interrupted' })
  },
  'runs.delete': async (served) => {
    const { threadId, runId, values } = await talked(served)
    await served.client.runs.delete(threadId, runId)
    await expect(served.client.runs.get(threadId, runId)).rejects.toThrow(/404/)
    expect((await served.client.threads.getState(threadId)).values).toEqual(values)
  },
}
