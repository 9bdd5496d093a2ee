import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database, {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/assistant-agents/langgraph.json'),
})

/** Name, graph and metadata of each assistant, in the order of their creation. */
const made = [
  ['Ärger', 'configured', { team: { name: 'blue', size: 3 }, tags: ['a', 'b'] }],
  ['100 % sure', 'configured', { team: { name: 'red' } }],
  ['snake_case', 'zod', { team: { name: 'blue' }, tags: [] }],
  ['snakeXcase', 'zod', {}],
] as const
const ids: string[] = []

type Query = NonNullable<Parameters<ReturnType<typeof server>['client']['assistants']['search']>[0]>

async function found(query: Query): Promise<string[]> {
  const { assistants } = server().client
  const rows = await assistants.search({ limit: 100, sortBy: 'created_at', sortOrder: 'asc', ...query })
  const { graphId, name, metadata } = query
  const filter = { ...(graphId ? { graphId } : {}), ...(name ? { name } : {}), ...(metadata ? { metadata } : {}) }
  if (query.limit === undefined) expect(await assistants.count(filter)).toBe(rows.length)
  return rows.filter(({ metadata: of }) => of?.created_by !== 'system').map(({ name: of }) => of)
}

/** Sends a search, and returns the number of assistants and the pagination headers of the response. */
async function page(body: object): Promise<{ count: number; total: string | null; next: string | null }> {
  const response = await fetch(`${server().url}/assistants/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { headers } = response
  const rows: unknown = await response.json()
  return {
    count: Array.isArray(rows) ? rows.length : -1,
    total: headers.get('x-pagination-total'),
    next: headers.get('x-pagination-next'),
  }
}

beforeAll(async () => {
  for (const [name, graphId, metadata] of made) {
    ids.push((await server().client.assistants.create({ name, graphId, metadata })).assistant_id)
  }
})

test('assistants are found by part of their name, without regard to case and without wildcards', async () => {
  expect(await found({ name: 'ärg' })).toEqual(['Ärger'])
  expect(await found({ name: 'SNAKE' })).toEqual(['snake_case', 'snakeXcase'])
  expect(await found({ name: 'e_c' })).toEqual(['snake_case'])
  expect(await found({ name: '%' })).toEqual(['100 % sure'])
  expect(await found({ name: 'nobody' })).toEqual([])
  expect(await found({ name: '' })).toHaveLength(4)
})

test('assistants are found by their graph and by part of their metadata', async () => {
  expect(await found({ graphId: 'zod' })).toEqual(['snake_case', 'snakeXcase'])
  expect(await found({ graphId: 'nowhere' })).toEqual([])
  expect(await found({ metadata: { team: { name: 'blue' } } })).toEqual(['Ärger', 'snake_case'])
  expect(await found({ metadata: { tags: ['a'] } })).toEqual(['Ärger'])
  expect(await found({ metadata: { team: { name: 'blue' } }, graphId: 'zod', name: 'case' })).toEqual(['snake_case'])
})

test('an assistant is found by the metadata of its current version only', async () => {
  const { assistants } = server().client
  const { assistant_id } = await assistants.create({ graphId: 'configured', name: 'moved', metadata: { room: 1 } })
  await assistants.update(assistant_id, { name: 'away', metadata: { room: 2 } })
  expect(await found({ metadata: { room: 1 } })).toEqual([])
  expect(await found({ metadata: { room: 2 } })).toEqual(['away'])
  expect(await found({ name: 'moved' })).toEqual([])
  await assistants.delete(assistant_id)
})

test('every order lists each assistant once over all pages', async () => {
  const { assistants } = server().client
  const total = await assistants.count()
  for (const sortBy of ['assistant_id', 'graph_id', 'name', 'created_at', 'updated_at'] as const) {
    for (const sortOrder of ['asc', 'desc', undefined] as const) {
      const listed: { id: string; key: string }[] = []
      for (let offset = 0; offset < total; offset += 3) {
        const rows = await assistants.search({ sortBy, ...(sortOrder ? { sortOrder } : {}), limit: 3, offset })
        listed.push(...rows.map((row) => ({ id: row.assistant_id, key: String(Reflect.get(row, sortBy)) })))
      }
      expect(new Set(listed.map(({ id }) => id)).size).toBe(total)
      const keys = listed.map(({ key }) => Buffer.from(key).toString('latin1'))
      expect(keys).toEqual(sortOrder === 'asc' ? keys.toSorted() : keys.toSorted().toReversed())
    }
  }
  const [newest] = await assistants.search()
  expect(newest?.name).toBe('snakeXcase')
})

test('a page has the total number and the offset of the next page in its headers', async () => {
  const total = await server().client.assistants.count()
  expect(await page({ limit: 3 })).toEqual({ count: 3, total: String(total), next: '3' })
  expect(await page({ limit: 3, offset: total - 1 })).toEqual({ count: 1, total: String(total), next: null })
  expect(await page({ limit: total })).toEqual({ count: total, total: String(total), next: null })
  expect(await page({ offset: total + 5 })).toEqual({ count: 0, total: String(total), next: null })
  const found = await server().client.assistants.search({ limit: 2, includePagination: true })
  expect(found.next).toBe('2')
})

test('a search returns the selected fields, and refuses an unknown one', async () => {
  const { assistants } = server().client
  expect(await assistants.search({ name: 'sure', select: ['name', 'version'] })).toEqual([
    { name: '100 % sure', version: 1 },
  ])
  const response = await fetch(`${server().url}/assistants/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ select: ['colour'] }),
  })
  expect([response.status, await response.json()]).toEqual([422, { detail: expect.stringContaining('"colour"') }])
})

test('the assistants of another tenant are not found, not run, and not changed', async () => {
  const { assistants, runs } = server().client
  const before = await assistants.count()
  const { assistant_id: own } = await assistants.create({ graphId: 'configured', name: 'own' })
  const { assistant_id: theirs } = await assistants.create({ graphId: 'configured', name: 'theirs' })
  await withClient(database(), async (admin) => {
    await admin.query('BEGIN')
    await admin.query(
      `INSERT INTO hadal.assistant SELECT 'other', assistant_id, owner FROM hadal.assistant WHERE assistant_id = ANY($1::uuid[])`,
      [[own, theirs]],
    )
    await admin.query(
      `INSERT INTO hadal.assistant_version SELECT 'other', assistant_id, version, owner, graph_id, 'not mine', 'not mine'
       FROM hadal.assistant_version WHERE assistant_id = ANY($1::uuid[])`,
      [[own, theirs]],
    )
    await admin.query(`DELETE FROM hadal.assistant WHERE tenant <> 'other' AND assistant_id = $1`, [theirs])
    await admin.query('COMMIT')
  })
  const rows = async (): Promise<unknown[]> =>
    withClient(database(), async (admin) => {
      const tables = 'hadal.assistant JOIN hadal.assistant_version USING (tenant, assistant_id)'
      return (await admin.query(`SELECT * FROM ${tables} WHERE tenant = 'other' ORDER BY assistant_id`)).rows
    })
  const found = await rows()
  expect(found).toHaveLength(2)
  expect(await assistants.count()).toBe(before + 1)
  expect(await assistants.search({ name: 'not mine' })).toEqual([])
  expect((await assistants.search({ limit: 100 })).map(({ name }) => name)).not.toContain('not mine')
  for (const request of [
    () => assistants.get(theirs),
    () => assistants.update(theirs, { name: 'taken' }),
    () => assistants.setLatest(theirs, 1),
    () => assistants.getVersions(theirs),
    () => assistants.delete(theirs),
    () => runs.create(null, theirs),
  ])
    await expect(request()).rejects.toThrow('404')
  expect(await assistants.get(own)).toMatchObject({ name: 'own', version: 1 })
  expect(await assistants.getVersions(own)).toMatchObject([{ name: 'own' }])
  expect(await assistants.update(own, { name: 'renamed' })).toMatchObject({ name: 'renamed', version: 2 })
  expect(await assistants.setLatest(own, 1)).toMatchObject({ name: 'own' })
  await assistants.delete(own)
  expect(await rows()).toEqual(found)
})
