import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { wholeTenant } from '../store/scope.ts'
import { TenantItems } from '../store/tenant-items.ts'

const agentsFile = join(import.meta.dirname, '../fixtures/store-agents/langgraph.json')
const database = createDatabase()
const server = useTestServer(database, { AGENTS_CONFIG: agentsFile })
const json = { 'content-type': 'application/json' }

let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())
beforeEach(() => pool.query('DELETE FROM hadal.store_item'))

const store = () => server().client.store
const keys = async (...search: Parameters<ReturnType<typeof store>['searchItems']>): Promise<string[]> =>
  (await store().searchItems(...search)).items.map(({ key }) => key)

interface Answer {
  readonly status: number
  readonly body: unknown
}
async function answer(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${server().url}/store${path}`, init)
  const text = await response.text()
  return { status: response.status, body: text && JSON.parse(text) }
}

describe('an item', () => {
  test('is written with 204, returned with its times, replaced and deleted', async () => {
    const value = { text: 'tea "é" 😀', list: [1, { deep: null }] }
    expect(await answer('PUT', '/items', { namespace: ['a', 'b'], key: '/notes.md', value })).toEqual({
      status: 204,
      body: '',
    })
    const first = await store().getItem(['a', 'b'], '/notes.md')
    expect(first).toMatchObject({ namespace: ['a', 'b'], key: '/notes.md', value })
    expect(new Date(first?.createdAt ?? '').toISOString()).toBe(first?.createdAt)
    expect(first?.updatedAt).toBe(first?.createdAt)
    await store().putItem(['a', 'b'], '/notes.md', { text: 'coffee' })
    const second = await store().getItem(['a', 'b'], '/notes.md')
    expect(second).toMatchObject({ value: { text: 'coffee' }, createdAt: first?.createdAt })
    expect(Date.parse(second?.updatedAt ?? '')).toBeGreaterThan(Date.parse(first?.updatedAt ?? ''))
    await store().deleteItem(['a', 'b'], '/notes.md')
    expect((await answer('DELETE', '/items', { namespace: ['a', 'b'], key: '/notes.md' })).status).toBe(204)
    expect(await store().getItem(['a', 'b'], '/notes.md')).toBeNull()
  })

  test('that is missing is null with 200, as the official clients expect it', async () => {
    expect(await answer('GET', '/items?namespace=a.b&key=none')).toEqual({ status: 200, body: null })
    expect(await store().getItem(['a', 'b'], 'none')).toBeNull()
  })

  test('is found by its namespace as one parameter with periods, or as several parameters', async () => {
    await store().putItem(['a', 'b', 'c'], 'k', { n: 1 })
    for (const query of ['namespace=a.b.c', 'namespace=a&namespace=b&namespace=c', 'namespace=a.b&namespace=c']) {
      expect((await answer('GET', `/items?${query}&key=k`)).body).toMatchObject({ value: { n: 1 } })
    }
    expect((await answer('GET', '/items?namespace=a.b&key=k')).body).toBeNull()
  })

  test('keeps a text with U+0000 as U+FFFD, and the other characters', async () => {
    await store().putItem(['a'], 'k', { 'a\0': 'x\0y', a: 'z' })
    expect((await store().getItem(['a'], 'k'))?.value).toEqual({ 'a\ufffd': 'x\ufffdy', a: 'z' })
  })

  test.each([
    ['PUT', 'no label', { namespace: [], key: 'k', value: {} }, 'namespace: must have at least one label'],
    [
      'PUT',
      'a period',
      { namespace: ['a.b'], key: 'k', value: {} },
      'namespace: contains the label "a.b" with a period',
    ],
    [
      'PUT',
      'a colon',
      { namespace: ['a:b'], key: 'k', value: {} },
      'namespace: contains the label "a:b" with a period or a colon',
    ],
    ['PUT', 'an empty label', { namespace: ['a', ''], key: 'k', value: {} }, 'namespace: contains an empty label'],
    ['PUT', 'U+0000 in a label', { namespace: ['a\0'], key: 'k', value: {} }, 'U+0000'],
    ['PUT', 'half of a surrogate pair', { namespace: ['\ud800'], key: 'k', value: {} }, 'half of a surrogate pair'],
    ['PUT', 'the reserved root', { namespace: ['langgraph', 'x'], key: 'k', value: {} }, 'which LangGraph reserves'],
    [
      'PUT',
      'a long namespace',
      { namespace: ['x'.repeat(1_025)], key: 'k', value: {} },
      'has 1025 bytes; the maximum is 1024',
    ],
    ['PUT', 'many labels', { namespace: Array(65).fill('x'), key: 'k', value: {} }, 'has 65 labels; the maximum is 64'],
    [
      'PUT',
      'U+0000 in the key',
      { namespace: ['a'], key: 'k\0', value: {} },
      'key: is "k\\u0000", which contains U+0000',
    ],
    [
      'PUT',
      'a long key',
      { namespace: ['a'], key: 'k'.repeat(1_025), value: {} },
      'has 1025 bytes; the maximum is 1024',
    ],
    ['PUT', 'a list as value', { namespace: ['a'], key: 'k', value: [] }, 'value: '],
    ['PUT', 'a text as value', { namespace: ['a'], key: 'k', value: 'text' }, 'value: '],
    ['PUT', 'no value', { namespace: ['a'], key: 'k' }, 'value: '],
    [
      'PUT',
      'a ttl of 0',
      { namespace: ['a'], key: 'k', value: {}, ttl: 0 },
      'ttl: must be a number of minutes above 0',
    ],
    ['PUT', 'a text as ttl', { namespace: ['a'], key: 'k', value: {}, ttl: '5' }, 'ttl: must be a number of minutes'],
    [
      'PUT',
      'index true',
      { namespace: ['a'], key: 'k', value: {}, index: true },
      'index: must be false or a list of at most 100 fields',
    ],
    ['DELETE', 'no namespace', { key: 'k' }, 'namespace: '],
    ['DELETE', 'an unknown field', { namespace: ['a'], key: 'k', prefix: true }, 'prefix'],
  ])('%s with %s is refused with 422', async (method, _name, body, detail) => {
    const refused = await answer(method, '/items', body)
    expect(refused.status).toBe(422)
    expect(field(refused.body, 'detail')).toContain(detail)
    expect(await store().listNamespaces()).toEqual({ namespaces: [] })
  })

  test.each([
    ['key=k', 'namespace: must have at least one label'],
    ['namespace=&key=k', 'namespace: must have at least one label'],
    ['namespace=a.&key=k', 'namespace: contains an empty label'],
    ['namespace=a', 'key: '],
    ['namespace=a&key=k&refresh_ttl=maybe', 'refresh_ttl: '],
  ])('GET with %s is refused with 422', async (query, detail) => {
    const refused = await answer('GET', `/items?${query}`)
    expect(refused.status).toBe(422)
    expect(field(refused.body, 'detail')).toContain(detail)
  })

  test('with the longest namespace and key is stored and found', async () => {
    const namespace = Array.from({ length: 64 }, (_, n) => String.fromCharCode(0x3b1 + n).repeat(8))
    const key = Array.from({ length: 512 }, (_, n) => String.fromCharCode(0x400 + ((n * 7919) % 256))).join('')
    await store().putItem(namespace, key, { n: 1 })
    expect(await keys(namespace)).toEqual([key])
  })
})

describe('a search', () => {
  test('matches whole labels only: acme is not acme2, and _ and % are no wildcards', async () => {
    const namespaces = [['acme'], ['acme', 'deep', 'er'], ['acme2'], ['a_me'], ['%'], ['ac'], ['z', 'acme']]
    for (const namespace of namespaces) await store().putItem(namespace, namespace.join('/'), {})
    const sorted = async (prefix: string[]) => (await keys(prefix, { limit: 100 })).sort()
    expect(await sorted(['acme'])).toEqual(['acme', 'acme/deep/er'])
    expect(await sorted(['acme', 'deep'])).toEqual(['acme/deep/er'])
    expect(await sorted(['a_me'])).toEqual(['a_me'])
    expect(await sorted(['%'])).toEqual(['%'])
    expect(await sorted(['*'])).toEqual([])
    expect(await sorted([])).toHaveLength(namespaces.length)
    expect(field((await answer('POST', '/items/search', { namespace_prefix: null })).body, 'items')).toHaveLength(7)
    expect(await store().listNamespaces({ prefix: ['acme'] })).toEqual({
      namespaces: [['acme'], ['acme', 'deep', 'er']],
    })
    expect(await store().listNamespaces({ suffix: ['acme'] })).toEqual({ namespaces: [['acme'], ['z', 'acme']] })
  })

  test('returns the item first that was updated last, in pages', async () => {
    for (const key of ['one', 'two', 'three']) await store().putItem(['p'], key, {})
    await store().putItem(['p'], 'one', { again: true })
    expect(await keys(['p'])).toEqual(['one', 'three', 'two'])
    expect(await keys(['p'], { limit: 2 })).toEqual(['one', 'three'])
    expect(await keys(['p'], { limit: 2, offset: 2 })).toEqual(['two'])
    const items = Array.from({ length: 12 }, (_, n) => ({ namespace: ['q'], key: `k${n}`, value: { n } }))
    await new TenantItems(pool, wholeTenant('default')).write(items)
    expect(await keys(['q'])).toHaveLength(10)
  })

  const values = {
    red: { color: 'red', size: 1, at: { x: 1 } },
    blue: { color: 'blue', size: 20 },
    text: { color: 'green', size: '3' },
    long: { color: 'long', size: '9'.repeat(200_000) },
  }
  test.each<[Record<string, unknown>, string[]]>([
    [{}, ['blue', 'long', 'red', 'text']],
    [{ color: 'red' }, ['red']],
    [{ size: { $eq: 20 } }, ['blue']],
    [{ color: { $ne: 'red' } }, ['blue', 'long', 'text']],
    [{ size: { $gt: 1 } }, ['blue', 'text']],
    [{ size: { $gte: 1, $lt: 20 } }, ['red', 'text']],
    [{ size: { $lte: '3' } }, ['red', 'text']],
    [{ color: { $in: ['red', 'green'] }, size: { $gt: 1 } }, ['text']],
    [{ at: { x: 1 } }, ['red']],
    [{ size: { $lt: '9'.repeat(200_000) } }, []],
  ])('filter %# finds its items', async (filter, expected) => {
    for (const [key, value] of Object.entries(values)) await store().putItem(['f'], key, value)
    expect((await keys(['f'], { filter })).sort()).toEqual(expected)
  })

  test.each([
    [
      { filter: { size: { $regex: '1' } } },
      'filter: has the unknown operator "$regex" for the field "size". The operators are $eq',
    ],
    [{ filter: { $and: [] } }, 'filter: has the operator "$and" in place of a field'],
    [{ filter: { a: '\0' } }, 'filter: must not hold U+0000'],
    [{ filter: [] }, 'filter: '],
    [{ limit: 0 }, 'limit: '],
    [{ limit: 1_001 }, 'limit: '],
    [{ offset: -1 }, 'offset: '],
    [{ namespace_prefix: ['a.b'] }, 'namespace_prefix: contains the label "a.b"'],
  ])('with %j is refused with 422', async (body, detail) => {
    const refused = await answer('POST', '/items/search', body)
    expect(refused.status).toBe(422)
    expect(field(refused.body, 'detail')).toContain(detail)
  })
})

test('namespaces are listed by prefix, suffix and depth, without duplicates, in pages', async () => {
  for (const namespace of [['a', 'b', 'v1'], ['a', 'b', 'v2'], ['a', 'c', 'v1'], ['ab', 'b'], ['z']]) {
    await store().putItem(namespace, 'k', {})
    await store().putItem(namespace, 'l', {})
  }
  const listed = async (options: Parameters<ReturnType<typeof store>['listNamespaces']>[0] = {}) =>
    (await store().listNamespaces(options)).namespaces.map((namespace) => namespace.join('/'))
  expect(await listed()).toEqual(['a/b/v1', 'a/b/v2', 'a/c/v1', 'ab/b', 'z'])
  expect(await listed({ prefix: ['a'] })).toEqual(['a/b/v1', 'a/b/v2', 'a/c/v1'])
  expect(await listed({ suffix: ['v1'] })).toEqual(['a/b/v1', 'a/c/v1'])
  expect(await listed({ prefix: ['a', '*', 'v1'] })).toEqual(['a/b/v1', 'a/c/v1'])
  expect(await listed({ maxDepth: 1 })).toEqual(['a', 'ab', 'z'])
  expect(await listed({ maxDepth: 2, prefix: ['a'] })).toEqual(['a/b', 'a/c'])
  expect(await listed({ limit: 2, offset: 1 })).toEqual(['a/b/v2', 'a/c/v1'])
  expect(await listed({ maxDepth: 1e9 })).toHaveLength(5)
  for (const body of [{ max_depth: 0 }, { prefix: ['a.b'] }, { limit: 0 }]) {
    expect((await answer('POST', '/namespaces', body)).status).toBe(422)
  }
})

test('an agent and a client read the items of each other, and never those of another tenant', async () => {
  await new TenantItems(pool, wholeTenant('other')).write([
    { namespace: ['notes'], key: 'theirs', value: { text: 'secret' } },
  ])
  await store().putItem(['notes', 'client'], 'sent', { text: 'from a client' })
  const values = await server().client.runs.wait(null, 'notes', { input: { keep: 'from an agent' } })
  expect(field(values, 'found')).toEqual([
    { key: 'kept', text: 'from an agent' },
    { key: 'sent', text: 'from a client' },
  ])
  expect(await keys([])).toEqual(['kept', 'sent'])
  expect(await store().getItem(['notes'], 'theirs')).toBeNull()
  await store().deleteItem(['notes'], 'theirs')
  expect((await pool.query("SELECT 1 FROM hadal.store_item WHERE tenant = 'other'")).rowCount).toBe(1)
})
