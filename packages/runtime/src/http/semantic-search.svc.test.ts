import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { useVectorPostgres } from '../fixtures/vector-postgres.ts'
import { withClient } from '../fixtures/with-client.ts'
import { migrate } from '../store/migrate.ts'
import { wholeTenant } from '../store/scope.ts'
import { TenantItems } from '../store/tenant-items.ts'
import { TenantStore } from '../store/tenant-store.ts'
import { openVectorTable } from '../store/vector-table.ts'

const agentsFile = join(import.meta.dirname, '../fixtures/search-agents/langgraph.json')
const postgres = useVectorPostgres()
const json = { 'content-type': 'application/json' }

let url: string
let server: TestServer
let pool: pg.Pool
beforeAll(async () => {
  url = await postgres().create('semantic')
  await migrate(url)
  server = await startTestServer(url, { AGENTS_CONFIG: agentsFile })
  pool = new pg.Pool({ connectionString: url })
})
afterAll(async () => {
  await server?.drain()
  await pool?.end()
})
beforeEach(() => pool.query('DELETE FROM hadal.store_item'))

interface Answer {
  readonly status: number
  readonly body: unknown
}
async function answer(method: string, path: string, body?: unknown): Promise<Answer> {
  const init = body === undefined ? { method } : { method, headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${server.url}${path}`, init)
  const text = await response.text()
  return { status: response.status, body: text && JSON.parse(text) }
}

type Options = NonNullable<Parameters<TestServer['client']['store']['searchItems']>[1]>
/** Keys of the found items, with their scores to two digits. */
async function found(query: string, prefix: string[] = [], options: Options = {}): Promise<[string, number?][]> {
  const { items } = await server.client.store.searchItems(prefix, { query, ...options })
  return items.map(({ key, score }) => (typeof score === 'number' ? [key, Math.round(score * 100) / 100] : [key]))
}
const put = (...item: Parameters<TestServer['client']['store']['putItem']>) => server.client.store.putItem(...item)
const vectors = async (): Promise<number> => (await pool.query('SELECT 1 FROM hadal.store_vector')).rowCount ?? 0

describe('a search by meaning', () => {
  test('returns the most similar items first with their scores, and items without a vector last, in pages', async () => {
    await put(['n'], 'tea', { text: 'tea tea' })
    await put(['n'], 'both', { text: 'tea and coffee' })
    await put(['n'], 'plane', { text: 'plane' })
    await put(['n'], 'none', { other: 'tea' })
    await put(['n'], 'excluded', { text: 'tea' }, { index: false })
    const all = [['tea', 1], ['both', 0.71], ['plane', 0], ['excluded'], ['none']]
    expect(await found('tea', ['n'])).toEqual(all)
    expect(await found('tea', ['n'], { limit: 2 })).toEqual(all.slice(0, 2))
    expect(await found('tea', ['n'], { limit: 2, offset: 2 })).toEqual(all.slice(2, 4))
    const { items } = await server.client.store.searchItems(['n'], { limit: 1 })
    expect(items).toMatchObject([{ key: 'excluded' }])
    expect(items[0]).not.toHaveProperty('score')
  })

  test('stays in its namespace, obeys the filter, and never finds items of another tenant', async () => {
    await put(['acme'], 'own', { text: 'tea', kind: 'a' })
    await put(['acme'], 'other kind', { text: 'tea', kind: 'b' })
    await put(['acme2'], 'leak', { text: 'tea', kind: 'a' })
    const index = { model: './embed.ts:embed', dims: 4, fields: ['text'], schema: 'public' }
    const embed = async () => [[1, 0, 0, 0]]
    await new TenantItems(pool, wholeTenant('other'), { semantic: { index: { ...index, embed } } }).write([
      { namespace: ['acme'], key: 'theirs', value: { text: 'tea' } },
    ])
    expect(await vectors()).toBe(4)
    expect(await found('tea', ['acme'], { filter: { kind: 'a' } })).toEqual([['own', 1]])
    expect(await found('tea', ['acme'])).toHaveLength(2)
    expect(await found('tea')).toHaveLength(3)
  })

  test('finds an item by the nearest of its texts, at the paths that its put names', async () => {
    const value = { text: 'plane', parts: [{ text: 'train' }, { text: 'coffee coffee' }] }
    await put(['n'], 'parts', value, { index: ['parts[*].text'] })
    await put(['n'], 'standard', value)
    expect(await found('coffee', ['n'])).toEqual([
      ['parts', 1],
      ['standard', 0],
    ])
    expect(await found('plane', ['n'])).toEqual([
      ['standard', 1],
      ['parts', 0],
    ])
  })

  test('uses the newest text only, and none of a deleted item', async () => {
    await put(['n'], 'k', { text: 'tea' })
    await put(['n'], 'k', { text: 'plane' })
    expect(await found('tea', ['n'])).toEqual([['k', 0]])
    await put(['n'], 'k', { text: 'tea' }, { index: false })
    expect(await found('tea', ['n'])).toEqual([['k']])
    await put(['n'], 'k', { text: 'tea' })
    await server.client.store.deleteItem(['n'], 'k')
    expect(await vectors()).toBe(0)
  })

  test('ignores the vector of an item that a server without semantic search replaced', async () => {
    await put(['n'], 'k', { text: 'tea' })
    await new TenantItems(pool, wholeTenant('default')).write([
      { namespace: ['n'], key: 'k', value: { text: 'plane' } },
    ])
    expect(await found('tea', ['n'])).toEqual([['k']])
  })

  test('finds items from before the index without a score, until they are put again', async () => {
    await pool.query(
      `INSERT INTO hadal.store_item (tenant, namespace, key, value) VALUES ('default', ARRAY['n'], 'old', '{"text": "tea"}')`,
    )
    await put(['n'], 'new', { text: 'plane' })
    expect(await found('tea', ['n'])).toEqual([['new', 0], ['old']])
    await put(['n'], 'old', { text: 'tea' })
    expect(await found('tea', ['n'])).toEqual([
      ['old', 1],
      ['new', 0],
    ])
  })

  test('scores a text without direction with 0', async () => {
    await put(['n'], 'k', { text: 'words that no dimension counts' })
    expect(await found('tea', ['n'])).toEqual([['k', 0]])
    expect(await found('nothing', ['n'])).toEqual([['k', 0]])
  })

  test('finds what an agent wrote, and an agent gets the same scores', async () => {
    await put(['notes'], 'sent', { text: 'tea and coffee' })
    const values = await server.client.runs.wait(null, 'notes', { input: { keep: 'tea', query: 'tea' } })
    expect(field(values, 'found')).toMatchObject([
      { key: 'kept', score: 1 },
      { key: 'sent', text: 'tea and coffee' },
    ])
    expect(await found('tea', ['notes'])).toEqual([
      ['kept', 1],
      ['sent', 0.71],
    ])
  })
})

describe('an embedding model that fails', () => {
  test.each([
    ['rejected', 422, 'failed: the text is too long. Shorten the text, or name other fields in index.'],
    ['unavailable', 502, 'failed: the embedding server is down. Retry later.'],
    ['short', 502, 'returned a list of 1 in place of a vector of 4 numbers. Correct store.index.dims'],
  ])(
    'with a text that is %s fails the put and the search with %i and a sentence, and the item stays',
    async (text, status, detail) => {
      await put(['n'], 'k', { text: 'tea' })
      const refused = await answer('PUT', '/store/items', { namespace: ['n'], key: 'k', value: { text } })
      expect(refused).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } })
      expect(await answer('POST', '/store/items/search', { query: text })).toMatchObject({ status })
      expect(await found('tea', ['n'])).toEqual([['k', 1]])
      await put(['n'], 'k', { text }, { index: false })
      expect((await server.client.store.getItem(['n'], 'k'))?.value).toEqual({ text })
    },
  )

  test('fails a batch before any of its items is written', async () => {
    const index = { model: 'm', dims: 4, fields: ['text'], schema: 'public' }
    const embed = async () => {
      throw new Error('down')
    }
    const store = new TenantStore(
      new TenantItems(pool, wholeTenant('default'), { semantic: { index: { ...index, embed } } }),
    )
    const puts = [
      { namespace: ['n'], key: 'a', value: { other: 1 } },
      { namespace: ['n'], key: 'b', value: { text: 'x' } },
    ]
    await expect(store.batch(puts)).rejects.toThrow('The embedding model "m" failed: down. Retry later.')
    expect(await store.search(['n'])).toEqual([])
  })

  test('is not asked for an item with too many texts', async () => {
    const value = { list: Array.from({ length: 501 }, (_, n) => `text ${n}`) }
    const refused = await answer('PUT', '/store/items', { namespace: ['n'], key: 'k', value, index: ['list[*]'] })
    expect(refused.status).toBe(422)
    expect(field(refused.body, 'detail')).toContain('has 501 texts to embed at list[*]; the maximum is 500')
  })
})

describe('the table of vectors', () => {
  test('is named in /info', async () => {
    expect(field((await answer('GET', '/info')).body, 'store')).toEqual({
      semantic_search: true,
      embed: './embed.ts:embed',
      dims: 4,
      fields: ['text'],
    })
  })

  test('refuses other dimensions with a sentence, and keeps its vectors', async () => {
    await put(['n'], 'k', { text: 'tea' })
    const expected =
      'store.index.dims in langgraph.json is 8, but the vectors in the database have 4 dimensions. Set dims to 4. Or execute DROP TABLE hadal.store_vector'
    await expect(openVectorTable(pool, 8)).rejects.toThrow(expected)
    await expect(migrate(url, undefined, 8)).rejects.toThrow(expected)
    expect(await vectors()).toBe(1)
  })

  test('is created by the migration, also by several processes at a time, and again after its extension was dropped', async () => {
    const other = await postgres().create('later')
    await migrate(other, undefined, 4)
    const ofOther = new pg.Pool({ connectionString: other, max: 4 })
    try {
      await ofOther.query('DROP EXTENSION vector CASCADE')
      const tables = await Promise.all(Array.from({ length: 4 }, () => openVectorTable(ofOther, 4)))
      expect(tables).toEqual(Array(4).fill({ schema: 'public' }))
    } finally {
      await ofOther.end()
    }
  })

  test('is in the schema of an extension that is not on the search path', async () => {
    const other = await postgres().create('elsewhere')
    await withClient(other, async (client) => {
      await client.query('CREATE SCHEMA "Vector types"')
      await client.query('CREATE EXTENSION vector SCHEMA "Vector types"')
    })
    await migrate(other)
    const elsewhere = await startTestServer(other, { AGENTS_CONFIG: agentsFile })
    try {
      await elsewhere.client.store.putItem(['n'], 'k', { text: 'tea' })
      expect((await elsewhere.client.store.searchItems(['n'], { query: 'tea' })).items).toMatchObject([{ score: 1 }])
    } finally {
      await elsewhere.drain()
    }
  })

  test('is missing if the role of the server may not create the extension: the reason says what to do', async () => {
    const other = await postgres().create('forbidden')
    const role = new URL(other)
    role.username = 'app'
    await withClient(other, async (client) => {
      await client.query('CREATE ROLE app LOGIN')
      await client.query('ALTER DATABASE forbidden OWNER TO app')
    })
    await migrate(role.href)
    const ofRole = new pg.Pool({ connectionString: role.href, max: 1 })
    try {
      const { reason } = await openVectorTable(ofRole, 4)
      expect(reason).toContain('Execute CREATE EXTENSION vector as a superuser')
      await withClient(other, (client) => client.query('CREATE EXTENSION vector'))
      expect(await openVectorTable(ofRole, 4)).toEqual({ schema: 'public' })
    } finally {
      await ofRole.end()
    }
  })
})
