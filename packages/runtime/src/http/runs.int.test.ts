import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())
const hello = { messages: [{ role: 'user', content: 'hello' }] }

describe('a run', () => {
  test('that a client waits for is answered with the final values of its thread', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const values = await client.runs.wait(thread_id, 'echo', { input: hello })
    expect(values).toMatchObject({
      messages: [
        { type: 'human', content: 'hello' },
        { type: 'ai', content: 'You said: hello' },
      ],
    })
    expect(await client.threads.get(thread_id)).toMatchObject({
      status: 'idle',
      metadata: { graph_id: 'echo' },
      values,
    })
    expect(await client.runs.list(thread_id)).toMatchObject([{ status: 'success', thread_id }])
  })

  test('that is streamed sends its run id first, and numbers its events from 1', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    let created: { run_id: string; thread_id?: string } | undefined
    const parts = await collected(
      client.runs.stream(thread_id, 'echo', {
        input: hello,
        streamMode: ['values', 'updates'],
        onRunCreated: (run) => {
          created = run
        },
      }),
    )
    expect(created).toMatchObject({ thread_id })
    expect(parts.map((part) => part.event)).toEqual(['metadata', 'values', 'updates', 'values'])
    expect(parts.map((part) => part.id)).toEqual(['1', '2', '3', '4'])
    expect(parts[0]?.data).toEqual({ run_id: created?.run_id, attempt: 1 })
  })

  test('that fails reports the error to all waiting clients, and its thread has the error', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const input = { steps: 3, failAt: 2 }
    await expect(client.runs.wait(thread_id, 'steps', { input })).rejects.toThrow('RangeError: step 2 fails')
    expect(await client.runs.list(thread_id)).toMatchObject([{ status: 'error' }])
    const error = { error: 'RangeError', message: 'step 2 fails' }
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'error', error, values: { done: [1] } })
    const parts = await collected(client.runs.stream(thread_id, 'steps', { input }))
    expect(parts.at(-1)).toMatchObject({ event: 'error', data: error })
    expect(JSON.stringify(parts)).not.toContain('    at ')
  })

  test('continues a thread whose last run failed', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'steps', { input: { steps: 2, failAt: 1 }, raiseError: false })
    await client.runs.wait(thread_id, 'steps', { input: { steps: 2, failAt: 0 } })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle', error: null })
  })

  test('creates its thread with its metadata, if the client allows it', async () => {
    const { client } = server()
    const threadId = randomUUID()
    const metadata = { colour: 'blue' }
    await client.runs.wait(threadId, 'echo', { input: hello, ifNotExists: 'create', metadata })
    expect((await client.threads.get(threadId)).metadata).toMatchObject(metadata)
    expect(await client.runs.list(threadId)).toMatchObject([{ metadata }])
  })

  test('can be listed by status and page, read, joined, and deleted when it is over', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const ids: string[] = []
    for (let run = 0; run < 3; run += 1) {
      const { run_id } = await client.runs.create(thread_id, 'echo', { input: hello })
      await client.runs.join(thread_id, run_id)
      ids.unshift(run_id)
    }
    expect((await client.runs.list(thread_id)).map((run) => run.run_id)).toEqual(ids)
    expect((await client.runs.list(thread_id, { limit: 1, offset: 1 })).map((run) => run.run_id)).toEqual([ids[1]])
    expect(await client.runs.list(thread_id, { status: 'error' })).toEqual([])
    const [newest = ''] = ids
    expect(await client.runs.get(thread_id, newest)).toMatchObject({ status: 'success', multitask_strategy: 'enqueue' })
    await client.runs.delete(thread_id, newest)
    await expect(client.runs.get(thread_id, newest)).rejects.toThrow('404')
  })

  test('stops at the breakpoints of its client, and continues with an empty input', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'steps', { input: { steps: 3 }, interruptAfter: ['step'] })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'interrupted', values: { done: [1] } })
    await client.runs.wait(thread_id, 'steps', { input: null, interruptBefore: '*' })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'interrupted', values: { done: [1, 2] } })
    await client.runs.wait(thread_id, 'steps', { input: null })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle', values: { done: [1, 2, 3] } })
  })

  test('with after_seconds starts after that time', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const { run_id, status } = await client.runs.create(thread_id, 'echo', { input: hello, afterSeconds: 1 })
    expect(status).toBe('pending')
    await client.runs.join(thread_id, run_id)
    const run = await client.runs.get(thread_id, run_id)
    expect(Date.parse(run.updated_at) - Date.parse(run.created_at)).toBeGreaterThanOrEqual(900)
  })

  test('executes no more steps than the client allows', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const config = { recursion_limit: 3 }
    await expect(client.runs.wait(thread_id, 'steps', { input: { steps: 10 }, config })).rejects.toThrow(
      'Recursion limit of 3',
    )
  })
})
