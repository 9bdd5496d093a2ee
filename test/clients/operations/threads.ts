import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { newThread, type OperationCases, say, talked, working } from './case.ts'

const thread = {
  thread_id: expect.any(String),
  created_at: expect.any(String),
  updated_at: expect.any(String),
  metadata: expect.any(Object),
  status: expect.stringMatching(/^(idle|busy|interrupted|error)$/),
}
const state = {
  values: expect.any(Object),
  next: expect.any(Array),
  checkpoint: expect.any(Object),
  metadata: expect.any(Object),
  created_at: expect.any(String),
  tasks: expect.any(Array),
}
const unknown = () => ({ thread_id: randomUUID() })

export const threads: OperationCases = {
  'POST /threads': async (call) => {
    const thread_id = randomUUID()
    const body = { thread_id, metadata: { user: 'ada' }, ttl: { ttl: 60, strategy: 'delete' } }
    expect(await call({ body })).toMatchObject({
      status: 200,
      body: { ...thread, thread_id, metadata: { user: 'ada' } },
    })
    expect(await call({ body })).toMatchObject({ status: 409, body: { detail: expect.any(String) } })
    expect((await call({ body: { ...body, if_exists: 'do_nothing' } })).status).toBe(200)
    expect((await call({ body: { thread_id: 'no id' } })).status).toBe(422)
    const updates = [{ values: say('from elsewhere'), as_node: '__start__' }]
    expect((await call({ body: { metadata: { graph_id: 'echo' }, supersteps: [{ updates }] } })).status).toBe(200)
  },
  'POST /threads/search': async (call, send) => {
    const metadata = { mark: randomUUID() }
    const [one, other] = [await newThread(send, { metadata }), await newThread(send, { metadata })]
    const first = await call({ body: { metadata, limit: 1, sort_by: 'created_at', sort_order: 'asc' } })
    expect(first).toMatchObject({ status: 200, body: [{ ...thread, thread_id: one }] })
    expect(first.headers.get('x-pagination-next')).toBe('1')
    expect(first.headers.get('x-pagination-total')).toBe('2')
    const selected = await call({
      body: { metadata, ids: [other], select: ['thread_id'], extract: { mark: 'metadata.mark' } },
    })
    expect(selected.body).toEqual([{ thread_id: other, extracted: { mark: metadata.mark } }])
    expect((await call({ body: { limit: 1001 } })).status).toBe(422)
  },
  'POST /threads/count': async (call, send) => {
    const metadata = { mark: randomUUID() }
    await newThread(send, { metadata })
    expect(await call({ body: { metadata, status: 'idle' } })).toMatchObject({ status: 200, body: 1 })
  },
  'POST /threads/prune': async (call, send) => {
    const thread_ids = [await newThread(send), randomUUID()]
    expect(await call({ body: { thread_ids, strategy: 'keep_latest' } })).toMatchObject({
      status: 200,
      body: { pruned_count: 1 },
    })
    expect(await call({ body: { thread_ids } })).toMatchObject({ status: 200, body: { pruned_count: 1 } })
    expect((await call({ body: {} })).status).toBe(422)
  },
  'GET /threads/{thread_id}/storage': async (call, send) => {
    const { thread_id } = await talked(send)
    const counted = { count: expect.any(Number), bytes: expect.any(Number) }
    const body = { thread_id, total_bytes: expect.any(Number), checkpoints: counted, pending_writes: counted }
    expect(await call({ path: { thread_id } })).toMatchObject({ status: 200, body })
    expect((await call({ path: unknown() })).status).toBe(404)
  },
  'GET /threads/{thread_id}/state': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path, query: 'subgraphs=true' })).toMatchObject({ status: 200, body: state })
    expect((await call({ path: unknown() })).status).toBe(404)
  },
  'POST /threads/{thread_id}/state': async (call, send) => {
    const path = await talked(send)
    const answer = await call({ path, body: { values: say('again'), as_node: '__start__' } })
    expect(answer).toMatchObject({ status: 200, body: { checkpoint: { checkpoint_id: expect.any(String) } } })
    expect((await call({ path, body: { values: say('again'), as_node: 'nobody' } })).status).toBe(422)
  },
  'GET /threads/{thread_id}/state/{checkpoint_id}': async (call, send) => {
    const path = await talked(send)
    const { checkpoint } = await send('GET /threads/{thread_id}/state', { path })
    const { checkpoint_id } = checkpoint as { checkpoint_id: string }
    expect(await call({ path: { ...path, checkpoint_id } })).toMatchObject({
      status: 200,
      body: { ...state, checkpoint },
    })
    expect((await call({ path: { ...path, checkpoint_id: randomUUID() } })).status).toBe(404)
  },
  'POST /threads/{thread_id}/state/checkpoint': async (call, send) => {
    const path = await talked(send)
    const { checkpoint } = await send('GET /threads/{thread_id}/state', { path })
    expect(await call({ path, body: { checkpoint, subgraphs: true } })).toMatchObject({
      status: 200,
      body: { ...state, checkpoint },
    })
  },
  'GET /threads/{thread_id}/history': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path, query: 'limit=2' })).toMatchObject({ status: 200, body: [state, state] })
    const { checkpoint } = await send('GET /threads/{thread_id}/state', { path })
    const before = (checkpoint as { checkpoint_id: string }).checkpoint_id
    expect(await call({ path, query: `before=${before}` })).toMatchObject({ status: 200, body: [state, state] })
    expect((await call({ path: unknown() })).status).toBe(404)
  },
  'POST /threads/{thread_id}/history': async (call, send) => {
    const path = await talked(send)
    expect(await call({ path, body: { limit: 1 } })).toMatchObject({ status: 200, body: [state] })
    expect(await call({ path, body: { metadata: { step: -1 } } })).toMatchObject({
      status: 200,
      body: [{ next: ['__start__'] }],
    })
    expect((await call({ path, body: { limit: 1001 } })).status).toBe(422)
  },
  'POST /threads/{thread_id}/copy': async (call, send) => {
    const { thread_id } = await talked(send)
    const { status, body } = await call({ path: { thread_id } })
    expect({ status, body }).toMatchObject({ status: 200, body: thread })
    expect(body).not.toMatchObject({ thread_id })
    expect((await call({ path: unknown() })).status).toBe(404)
  },
  'GET /threads/{thread_id}': async (call, send) => {
    const thread_id = await newThread(send, { ttl: { ttl: 30 } })
    const ttl = { strategy: 'delete', ttl_minutes: 30, expires_at: expect.any(String) }
    expect(await call({ path: { thread_id }, query: 'include=ttl' })).toMatchObject({
      status: 200,
      body: { ...thread, ttl },
    })
    expect((await call({ path: unknown() })).status).toBe(404)
    expect((await call({ path: { thread_id: 'none' } })).status).toBe(422)
  },
  'DELETE /threads/{thread_id}': async (call, send) => {
    const path = { thread_id: await newThread(send) }
    expect(await call({ path })).toMatchObject({ status: 204, text: '' })
    expect((await call({ path })).status).toBe(404)
  },
  'PATCH /threads/{thread_id}': async (call, send) => {
    const path = { thread_id: await newThread(send, { metadata: { one: 1 } }) }
    const answer = await call({ path, body: { metadata: { two: 2 } } })
    expect(answer).toMatchObject({ status: 200, body: { ...thread, metadata: { one: 1, two: 2 } } })
    const headers = { Prefer: 'return=minimal' }
    expect(await call({ path, body: { ttl: { ttl: 60 } }, headers })).toMatchObject({ status: 204, text: '' })
    expect((await call({ path: unknown(), body: {} })).status).toBe(404)
  },
  'GET /threads/{thread_id}/stream': async (call, send) => {
    const path = await working(send)
    await send('POST /threads/{thread_id}/runs/{run_id}/cancel', { path, query: 'wait=1' })
    // The stream does not end by itself, so the thread is deleted.
    const { promise: open, resolve: onHeaders } = Promise.withResolvers<void>()
    const streaming = call({ path, query: 'stream_modes=lifecycle', headers: { 'Last-Event-ID': '-' }, onHeaders })
    await Promise.race([open, streaming])
    await send('DELETE /threads/{thread_id}', { path })
    const { status, headers, text } = await streaming
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(text).toMatch(/event: error\ndata: \{"error":"ThreadDeleted"/)
    expect((await call({ path: unknown() })).status).toBe(404)
  },
}
