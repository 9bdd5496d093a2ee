import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { newAssistant, type OperationCases } from './case.ts'

const assistant = {
  assistant_id: expect.any(String),
  graph_id: 'echo',
  config: expect.any(Object),
  created_at: expect.any(String),
  updated_at: expect.any(String),
  metadata: expect.any(Object),
}

export const assistants: OperationCases = {
  'POST /assistants': async (call) => {
    const body = { graph_id: 'echo', assistant_id: randomUUID(), name: 'Clerk', context: { tone: 'kind' } }
    expect(await call({ body })).toMatchObject({ status: 200, body: { ...assistant, ...body, version: 1 } })
    expect(await call({ body })).toMatchObject({ status: 409, body: { detail: expect.any(String) } })
    expect((await call({ body: { graph_id: 'nobody' } })).status).toBe(404)
    expect((await call({ body: { graph_id: 5 } })).status).toBe(422)
  },
  'POST /assistants/search': async (call, send) => {
    const metadata = { mark: randomUUID() }
    const assistant_id = await newAssistant(send, metadata)
    expect(await call({ body: { metadata } })).toMatchObject({ status: 200, body: [{ ...assistant, assistant_id }] })
    expect((await call({ body: { limit: 0 } })).status).toBe(422)
  },
  'POST /assistants/count': async (call, send) => {
    const metadata = { mark: randomUUID() }
    await newAssistant(send, metadata)
    expect(await call({ body: { metadata } })).toMatchObject({ status: 200, body: 1 })
  },
  'GET /assistants/{assistant_id}': async (call, send) => {
    const assistant_id = await newAssistant(send)
    expect(await call({ path: { assistant_id } })).toMatchObject({ status: 200, body: { ...assistant, assistant_id } })
    expect(await call({ path: { assistant_id: 'echo' } })).toMatchObject({ status: 200, body: assistant })
    expect((await call({ path: { assistant_id: randomUUID() } })).status).toBe(404)
  },
  'DELETE /assistants/{assistant_id}': async (call, send) => {
    const assistant_id = await newAssistant(send)
    expect((await call({ path: { assistant_id }, query: 'delete_threads=true' })).status).toBeLessThan(300)
    expect((await call({ path: { assistant_id } })).status).toBe(404)
  },
  'PATCH /assistants/{assistant_id}': async (call, send) => {
    const assistant_id = await newAssistant(send, { one: 1 })
    const answer = await call({ path: { assistant_id }, body: { metadata: { two: 2 } } })
    expect(answer).toMatchObject({ status: 200, body: { ...assistant, version: 2, metadata: { one: 1, two: 2 } } })
    expect((await call({ path: { assistant_id: randomUUID() }, body: {} })).status).toBe(404)
  },
  'GET /assistants/{assistant_id}/graph': async (call) => {
    const path = { assistant_id: 'echo' }
    const graph = { nodes: expect.any(Array), edges: expect.any(Array) }
    for (const query of ['', 'xray=true', 'xray=1'])
      expect(await call({ path, query })).toMatchObject({ status: 200, body: graph })
    expect((await call({ path: { assistant_id: 'nobody' } })).status).toBe(404)
  },
  'GET /assistants/{assistant_id}/subgraphs': async (call) => {
    expect(await call({ path: { assistant_id: 'echo' }, query: 'recurse=true' })).toMatchObject({
      status: 200,
      body: {},
    })
    expect((await call({ path: { assistant_id: 'nobody' } })).status).toBe(404)
  },
  'GET /assistants/{assistant_id}/subgraphs/{namespace}': async (call) => {
    const path = { assistant_id: 'echo', namespace: 'none' }
    expect(await call({ path, query: 'recurse=false' })).toMatchObject({ status: 200, body: {} })
  },
  'GET /assistants/{assistant_id}/schemas': async (call) => {
    const answer = await call({ path: { assistant_id: 'echo' } })
    expect(answer).toMatchObject({ status: 200, body: { graph_id: 'echo' } })
    expect(answer.body).toHaveProperty('state_schema')
    expect((await call({ path: { assistant_id: 'nobody' } })).status).toBe(404)
  },
  'POST /assistants/{assistant_id}/versions': async (call, send) => {
    const path = { assistant_id: await newAssistant(send) }
    const { updated_at: _, ...version } = assistant
    expect(await call({ path })).toMatchObject({ status: 200, body: [{ ...version, version: 1 }] })
    expect(await call({ path, body: { limit: 5, offset: 1 } })).toMatchObject({ status: 200, body: [] })
  },
  'POST /assistants/{assistant_id}/latest': async (call, send) => {
    const path = { assistant_id: await newAssistant(send) }
    await send('PATCH /assistants/{assistant_id}', { path, body: { name: 'second' } })
    expect(await call({ path, body: { version: 1 } })).toMatchObject({
      status: 200,
      body: { ...assistant, version: 1 },
    })
    expect((await call({ path, body: { version: 9 } })).status).toBe(404)
  },
}
