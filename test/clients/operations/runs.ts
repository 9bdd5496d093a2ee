import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import {
  type Call,
  echo,
  eventNames,
  newThread,
  type OperationCase,
  type OperationCases,
  type Send,
  talked,
  working,
} from './case.ts'

const run = {
  run_id: expect.any(String),
  thread_id: expect.any(String),
  assistant_id: expect.any(String),
  created_at: expect.any(String),
  updated_at: expect.any(String),
  status: expect.stringMatching(/^(pending|running|error|success|timeout|interrupted)$/),
  metadata: expect.any(Object),
  kwargs: expect.any(Object),
  multitask_strategy: expect.stringMatching(/^(reject|rollback|interrupt|enqueue)$/),
}
const values = { messages: [{ type: 'human' }, { type: 'ai', content: 'You said: hello' }] }
const location = /^\/threads\/[\da-f-]{36}\/runs\/[\da-f-]{36}$/

/** The case of an operation that starts a run, on a thread or stateless. */
const start =
  (isOnThread: boolean, check: (answer: Awaited<ReturnType<Call>>) => void): OperationCase =>
  async (call: Call, send: Send) => {
    const path: Record<string, string> = isOnThread ? { thread_id: await newThread(send) } : {}
    const answer = await call({ path, body: { ...echo(), metadata: { from: 'desk' } } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-location')).toMatch(location)
    check(answer)
    expect((await call({ path, body: { assistant_id: 'nobody' } })).status).toBe(404)
    expect((await call({ path, body: {} })).status).toBe(422)
    if (isOnThread) expect((await call({ path: { thread_id: randomUUID() }, body: echo() })).status).toBe(404)
  }

const inBackground = ({ body }: { body: unknown }): void =>
  expect(body).toMatchObject({ ...run, metadata: { from: 'desk' } })
const withValues = ({ body }: { body: unknown }): void => expect(body).toMatchObject(values)
const asEvents = (answer: Awaited<ReturnType<Call>>): void => {
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  expect(eventNames(answer)).toEqual(['metadata', 'values', 'values'])
}

const unknownRun = async (send: Send) => ({ thread_id: await newThread(send), run_id: randomUUID() })

export const runs: OperationCases = {
  'GET /threads/{thread_id}/runs': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path, query: 'limit=5&offset=0&status=success' })).toMatchObject({ status: 200, body: [run] })
    expect((await call({ path, query: 'select=run_id&select=status' })).body).toEqual([
      { run_id: path.run_id, status: 'success' },
    ])
    expect((await call({ path: { thread_id: randomUUID() } })).status).toBe(404)
  },
  'POST /threads/{thread_id}/runs': start(true, inBackground),
  'POST /threads/{thread_id}/runs/stream': start(true, asEvents),
  'POST /threads/{thread_id}/runs/wait': start(true, withValues),
  'GET /threads/{thread_id}/runs/{run_id}': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path })).toMatchObject({ status: 200, body: { ...run, ...path, status: 'success' } })
    expect((await call({ path: await unknownRun(send) })).status).toBe(404)
  },
  'DELETE /threads/{thread_id}/runs/{run_id}': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path })).toMatchObject({ status: 204, text: '' })
    expect((await call({ path })).status).toBe(404)
  },
  'GET /threads/{thread_id}/runs/{run_id}/join': async (call, send) => {
    expect(await call({ path: await talked(send), query: 'cancel_on_disconnect=0' })).toMatchObject({
      status: 200,
      body: values,
    })
    expect((await call({ path: await unknownRun(send) })).status).toBe(404)
  },
  'GET /threads/{thread_id}/runs/{run_id}/stream': async (call, send) => {
    const path = await talked(send)
    const query = `stream_mode=${encodeURIComponent('["values"]')}&cancel_on_disconnect=false`
    const answer = await call({ path, query, headers: { 'Last-Event-ID': '-1' } })
    expect(answer.status).toBe(200)
    expect(eventNames(answer)).toEqual(['metadata', 'values', 'values'])
    expect(eventNames(await call({ path, headers: { 'Last-Event-ID': '2' } }))).toEqual(['values'])
    expect((await call({ path: await unknownRun(send) })).status).toBe(404)
  },
  'POST /threads/{thread_id}/runs/{run_id}/cancel': async (call, send) => {
    const path = await working(send)
    expect((await call({ path, query: 'wait=true&action=interrupt' })).status).toBeLessThan(300)
    expect(await send('GET /threads/{thread_id}/runs/{run_id}', { path })).toMatchObject({ status: 'interrupted' })
    expect((await call({ path })).status).toBe(409)
    const other = await working(send)
    expect((await call({ path: other, query: 'wait=1&action=rollback' })).status).toBeLessThan(300)
    expect((await call({ path: other })).status).toBe(404)
  },
  'POST /runs/cancel': async (call, send) => {
    const path = await working(send)
    const body = { thread_id: path.thread_id, run_ids: [path.run_id] }
    expect(await call({ query: 'action=interrupt', body })).toMatchObject({ status: 204, text: '' })
    await send('GET /threads/{thread_id}/runs/{run_id}/join', { path })
    expect(await send('GET /threads/{thread_id}/runs/{run_id}', { path })).toMatchObject({ status: 'interrupted' })
    expect((await call({ body: {} })).status).toBe(422)
  },
  'POST /runs': start(false, inBackground),
  'POST /runs/stream': start(false, asEvents),
  'POST /runs/wait': start(false, withValues),
  'POST /runs/batch': async (call) => {
    expect(await call({ body: [echo('one'), echo('two')] })).toMatchObject({ status: 200, body: [run, run] })
    expect((await call({ body: [] })).status).toBe(422)
  },
}
