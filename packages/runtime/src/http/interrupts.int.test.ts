import type { Message } from '@langchain/langgraph-sdk'
import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const effects = effectsFiles()

interface Asked {
  readonly thread_id: string
  readonly ids: string[]
}

/** A thread with pending interrupts. */
async function asked(...questions: string[]): Promise<Asked> {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  const values = await client.runs.wait(thread_id, 'questions', { input: { questions } })
  expect(values).toMatchObject({ __interrupt__: questions.map((question) => ({ value: { question } })) })
  const thread = await client.threads.get(thread_id)
  expect(thread.status).toBe('interrupted')
  const ids = Object.values(thread.interrupts).flatMap((list) => list.map(({ id }) => id ?? ''))
  return { thread_id, ids }
}

const resume = (thread_id: string, answer: unknown): Promise<unknown> =>
  server().client.runs.wait(thread_id, 'questions', { command: { resume: answer } })

describe('an interrupt', () => {
  test('leaves thread and run interrupted until it is answered', async () => {
    const { client } = server()
    const { thread_id } = await asked('colour')
    expect(await client.runs.list(thread_id)).toMatchObject([{ status: 'interrupted' }])
    expect(await resume(thread_id, 'blue')).toMatchObject({ answers: ['colour: "blue"'] })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle', interrupts: {} })
  })

  test('among several is answered by its id, and the others can be answered later', async () => {
    const { thread_id, ids } = await asked('colour', 'size')
    const [first = '', second = ''] = ids
    await resume(thread_id, { [first]: 'blue' })
    const thread = await server().client.threads.get(thread_id)
    expect(thread.status).toBe('interrupted')
    expect(Object.values(thread.interrupts).flat()).toMatchObject([{ id: second }])
    await expect(resume(thread_id, { [first]: 'again' })).rejects.toThrow('422')
    expect(await resume(thread_id, { [second]: 'large' })).toMatchObject({
      answers: ['colour: "blue"', 'size: "large"'],
    })
  })

  test('among several is not answered by an answer without ids', async () => {
    const { thread_id, ids } = await asked('colour', 'size')
    await expect(resume(thread_id, 'blue')).rejects.toThrow(ids[0])
    expect((await server().client.threads.get(thread_id)).status).toBe('interrupted')
  })

  test('can be answered with an object whose keys are not ids', async () => {
    const { thread_id } = await asked('colour')
    expect(await resume(thread_id, { red: 1 })).toMatchObject({ answers: ['colour: {"red":1}'] })
  })

  test('with an unknown id is not answered', async () => {
    const { thread_id } = await asked('colour')
    await expect(resume(thread_id, { '0123456789abcdef0123456789abcdef': 'blue' })).rejects.toThrow('is not pending')
  })

  test('is answered together with an update and a jump of the same command', async () => {
    const { client } = server()
    const { thread_id } = await asked('colour')
    const command = { resume: 'blue', update: { answers: ['noted'] }, goto: 'plan' }
    // After the jump the graph asks its questions again.
    expect(await client.runs.wait(thread_id, 'questions', { command })).toMatchObject({
      answers: ['noted', 'colour: "blue"'],
      __interrupt__: [{ value: { question: 'colour' } }],
    })
  })

  test('is not answered while a run of its thread is active', async () => {
    const { client } = server()
    const { path, lines, gate, open } = effects()
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'steps', { input: { file: path, steps: 3, gate } })
    await eventually(lines, (seen) => seen.length === 3)
    await expect(resume(thread_id, 'blue')).rejects.toThrow(/409.*can't wait behind another run/)
    open()
    await client.runs.join(thread_id, run_id)
    expect(await client.runs.list(thread_id)).toMatchObject([{ status: 'success' }])
  })

  test('is not answered if none is pending', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create({ graphId: 'questions' })
    await expect(resume(thread_id, 'blue')).rejects.toThrow('has none pending')
  })
})

describe("a deep agent's approval", () => {
  const ask = (thread_id: string, path: string, payload: object = {}): Promise<unknown> =>
    server().client.runs.wait(thread_id, 'deep', {
      input: { messages: [{ role: 'user', content: `file: ${path}` }] },
      ...payload,
    })

  test('is requested, and the approved call is executed once', async () => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    expect(await ask(thread_id, path)).toMatchObject({
      __interrupt__: [{ value: { actionRequests: [{ name: 'remove' }] } }],
    })
    expect(lines()).toEqual(['parent', 'subagent'])
    const command = { resume: { decisions: [{ type: 'approve' }] } }
    await client.runs.wait(thread_id, 'deep', { command })
    expect(lines()).toEqual(['parent', 'subagent', 'removed /important'])
  })

  test('leaves each message, call and result in the thread once', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await ask(thread_id, effects().path)
    await client.runs.wait(thread_id, 'deep', { command: { resume: { decisions: [{ type: 'approve' }] } } })
    const { values } = await client.threads.getState<{ messages: Message[] }>(thread_id)
    const calls = values.messages.flatMap((message) => (message.type === 'ai' ? (message.tool_calls ?? []) : []))
    const results = values.messages.flatMap((message) => (message.type === 'tool' ? [message.tool_call_id] : []))
    expect(calls.map(({ id }) => id)).toEqual(['call_note', 'call_task', 'call_remove'])
    expect(results).toEqual(['call_note', 'call_task', 'call_remove'])
    expect(new Set(values.messages.map(({ id }) => id)).size).toBe(values.messages.length)
  })

  test('that is rejected does not execute the call', async () => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    await ask(thread_id, path)
    await client.runs.wait(thread_id, 'deep', { command: { resume: { decisions: [{ type: 'reject' }] } } })
    expect(lines()).toEqual(['parent', 'subagent'])
    expect((await client.threads.get(thread_id)).status).toBe('idle')
  })

  const attempts: [string, object, string][] = [
    ['context', { context: { interruptOn: {} } }, 'context.interruptOn'],
    ['configurable', { config: { configurable: { interruptOn: {} } } }, 'config.configurable.interruptOn'],
    ['another thread', { config: { configurable: { thread_id: 'other' } } }, 'config.configurable.thread_id'],
  ]
  test.each(attempts)('can not be switched off by a client through %s', async (_way, payload, field) => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    await expect(ask(thread_id, path, payload)).rejects.toThrow(field)
    expect(lines()).toEqual([])
    expect((await client.threads.get(thread_id)).status).toBe('idle')
  })

  test('is asked for although a client sends keys of LangGraph itself, which have no effect', async () => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    const configurable = { __pregel_checkpointer: {}, __pregel_resuming: true, __pregel_resume_map: { x: 1 } }
    await ask(thread_id, path, { config: { configurable } })
    expect(lines()).toEqual(['parent', 'subagent'])
    expect((await client.threads.get(thread_id)).status).toBe('interrupted')
  })
})
