import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { OperationCases } from './case.ts'

const namespaceOf = (): string[] => ['operations', randomUUID()]
const times = { created_at: expect.any(String), updated_at: expect.any(String) }

export const store: OperationCases = {
  'PUT /store/items': async (call) => {
    const item = { namespace: namespaceOf(), key: 'a', value: { text: 'first' } }
    expect(await call({ body: { ...item, index: null, ttl: 60 } })).toMatchObject({ status: 204, text: '' })
    expect((await call({ body: { ...item, value: 'a text' } })).status).toBe(422)
  },
  'DELETE /store/items': async (call, send) => {
    const item = { namespace: namespaceOf(), key: 'a' }
    await send('PUT /store/items', { body: { ...item, value: {} } })
    expect(await call({ body: item })).toMatchObject({ status: 204, text: '' })
    expect((await call({ body: {} })).status).toBe(422)
  },
  'GET /store/items': async (call, send) => {
    const item = { namespace: namespaceOf(), key: 'a', value: { text: 'first' } }
    await send('PUT /store/items', { body: item })
    const joined = `namespace=${item.namespace.join('.')}&key=a`
    const repeated = `${item.namespace.map((label) => `namespace=${label}`).join('&')}&key=a&refresh_ttl=true`
    for (const query of [joined, repeated])
      expect(await call({ query })).toMatchObject({ status: 200, body: { ...item, ...times } })
    expect((await call({ query: 'namespace=a' })).status).toBe(422)
  },
  'POST /store/items/search': async (call, send) => {
    const namespace = namespaceOf()
    for (const key of ['a', 'b']) await send('PUT /store/items', { body: { namespace, key, value: { key } } })
    const body = { namespace_prefix: namespace, filter: { key: 'b' }, limit: 5, offset: 0 }
    const items = [{ namespace, key: 'b', value: { key: 'b' }, ...times }]
    expect(await call({ body })).toMatchObject({ status: 200, body: { items } })
  },
  'POST /store/namespaces': async (call, send) => {
    const namespace = namespaceOf()
    await send('PUT /store/items', { body: { namespace, key: 'a', value: {} } })
    // The clients expect an object, where the OpenAPI document has the list alone.
    const body = { namespaces: [namespace] }
    expect(await call({ body: { prefix: namespace, max_depth: 2 } })).toMatchObject({ status: 200, body })
  },
}

export const system: OperationCases = {
  'GET /info': async (call) => {
    const { status, body } = await call()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      flags: { assistants: true, crons: false },
    })
  },
  'GET /ok': async (call) => {
    expect(await call()).toMatchObject({ status: 200, body: { ok: true } })
    expect(await call({ query: 'check_db=1' })).toMatchObject({ status: 200, body: { ok: true } })
  },
  'GET /docs': async (call) => {
    const { status, headers, text } = await call()
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(text).toContain('/threads/{thread_id}/runs')
  },
}
