import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { migrate } from '../store/migrate.ts'

const database = createDatabase()
const server = useTestServer(database)

type Query = NonNullable<Parameters<ReturnType<typeof server>['client']['threads']['search']>[0]>

/** Creates threads with these values, as a server of the previous release writes them, and returns their ids in this order. */
async function threadsWith(kind: string, states: readonly unknown[]): Promise<string[]> {
  return withClient(database(), async (client) => {
    const ids: string[] = []
    for (const [index, state] of states.entries()) {
      const id = randomUUID()
      await client.query(
        'INSERT INTO hadal.thread (thread_id, metadata, created_at) VALUES ($1, $2, to_timestamp($3))',
        [id, { kind }, 1_700_000_000 + index],
      )
      await client.query('UPDATE hadal.thread SET "values" = $2, updated_at = now() WHERE thread_id = $1', [
        id,
        JSON.stringify(state),
      ])
      ids.push(id)
    }
    return ids
  })
}

async function found(kind: string, query: Query): Promise<string[]> {
  const { threads } = server().client
  const rows = await threads.search({ metadata: { kind }, sortBy: 'created_at', sortOrder: 'asc', ...query })
  if (query.values) expect(await threads.count({ metadata: { kind }, values: query.values })).toBe(rows.length)
  return rows.map((thread) => thread.thread_id)
}

const long = 'a long text '.repeat(100)
const states = [
  { customer: 'blue', seat: { row: 7, side: 'left' }, tags: ['a', 'b'], done: true },
  { customer: 'red', seat: { row: 7, side: 'right' }, tags: [], done: null },
  { customer: long, messages: [{ content: long, id: 'm1' }], seat: { row: 8 } },
  { customer: { name: 'blue', note: long } },
  ['blue'],
  'blue',
  null,
]

test('threads are found by small and by large values, as PostgreSQL compares JSON', async () => {
  const kind = randomUUID()
  const ids = await threadsWith(kind, states)
  const places = async (values: Record<string, unknown>): Promise<number[]> =>
    (await found(kind, { values })).map((id) => ids.indexOf(id))
  const filters: [Record<string, unknown>, number[]][] = [
    [{ customer: 'blue' }, [0]],
    [{ customer: long }, [2]],
    [{ customer: { name: 'blue' } }, [3]],
    [{ seat: { row: 7 } }, [0, 1]],
    [{ seat: { row: 7 }, customer: 'red' }, [1]],
    [{ seat: { row: 8 }, messages: [{ id: 'm1' }] }, [2]],
    [{ tags: ['b'] }, [0]],
    [{ tags: [] }, [0, 1]],
    [{ tags: 'b' }, []],
    [{ done: null }, [1]],
    [{ missing: 1 }, []],
    [{}, [0, 1, 2, 3]],
  ]
  for (const [filter, expected] of filters) expect([filter, await places(filter)]).toEqual([filter, expected])
})

test('threads from before the migration are found by their values after it', async () => {
  const kind = randomUUID()
  const ids = await threadsWith(kind, [...states, ...Array.from({ length: 1_100 }, (_, number) => ({ number }))])
  await withClient(database(), async (admin) => {
    await admin.query('ALTER TABLE hadal.thread DISABLE TRIGGER USER')
    await admin.query("UPDATE hadal.thread SET searched_values = NULL WHERE metadata->>'kind' = $1", [kind])
    await admin.query('ALTER TABLE hadal.thread ENABLE TRIGGER USER')
    await admin.query('DROP INDEX hadal.thread_by_values')
  })
  expect(await found(kind, { values: { customer: 'blue' } })).toEqual([])
  await migrate(database())
  expect(await found(kind, { values: { customer: 'blue' } })).toEqual([ids[0]])
  expect(await found(kind, { values: { number: 1_099 } })).toEqual([ids.at(-1)])
})

test('every sort order lists each thread once over all pages', async () => {
  const { threads } = server().client
  const kind = randomUUID()
  const ids = await threadsWith(
    kind,
    Array.from({ length: 7 }, () => ({})),
  )
  await withClient(database(), (admin) =>
    admin.query(
      "UPDATE hadal.thread SET status = 'error', updated_at = '2020-01-01' WHERE thread_id = ANY($1::uuid[])",
      [ids.slice(0, 3)],
    ),
  )
  for (const sortBy of ['thread_id', 'status', 'created_at', 'updated_at', 'state_updated_at'] as const) {
    for (const sortOrder of ['asc', 'desc'] as const) {
      const listed: { thread_id: string; key: string }[] = []
      for (let offset = 0; offset < 8; offset += 2) {
        const page = await threads.search({ metadata: { kind }, sortBy, sortOrder, limit: 2, offset })
        listed.push(
          ...page.map((thread) => ({ thread_id: thread.thread_id, key: String(Reflect.get(thread, sortBy)) })),
        )
      }
      expect(listed.map((thread) => thread.thread_id).toSorted()).toEqual(ids.toSorted())
      const keys = listed.map(({ key }) => key)
      expect(keys).toEqual(sortOrder === 'asc' ? keys.toSorted() : keys.toSorted().toReversed())
    }
  }
})

test('a search says how many threads there are, and where the next page begins', async () => {
  const kind = randomUUID()
  const ids = await threadsWith(
    kind,
    Array.from({ length: 7 }, () => ({ colour: 'blue' })),
  )
  const headersOf = async (query: object): Promise<[number, string | null, string | null]> => {
    const answer = await fetch(`${server().url}/threads/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { kind }, ...query }),
    })
    const found: unknown = await answer.json()
    return [
      Array.isArray(found) ? found.length : -1,
      answer.headers.get('x-pagination-total'),
      answer.headers.get('x-pagination-next'),
    ]
  }
  expect(await headersOf({ limit: 3 })).toEqual([3, '7', '3'])
  expect(await headersOf({ limit: 3, offset: 3 })).toEqual([3, '7', '6'])
  expect(await headersOf({ limit: 3, offset: 6 })).toEqual([1, '7', null])
  expect(await headersOf({ limit: 7 })).toEqual([7, '7', null])
  expect(await headersOf({ limit: 7, offset: 20 })).toEqual([0, '7', null])
  expect(await headersOf({ metadata: { kind: randomUUID() } })).toEqual([0, '0', null])
  // A filter on values would read the values of each thread that it counts, so the total is a lower bound before the last page.
  expect(await headersOf({ limit: 3, values: { colour: 'blue' } })).toEqual([3, '4', '3'])
  expect(await headersOf({ limit: 3, offset: 6, values: { colour: 'blue' } })).toEqual([1, '7', null])
  expect(await headersOf({ ids: [] })).toEqual([7, '7', null])
  expect(await headersOf({ ids: ids.slice(0, 2) })).toEqual([2, '2', null])
})

test('a search returns the selected fields, and of the values only the selected keys', async () => {
  const { threads } = server().client
  const kind = randomUUID()
  await threadsWith(kind, states.slice(0, 1))
  const select = async (fields: Query['select']): Promise<unknown> =>
    (await threads.search({ metadata: { kind }, select: fields }))[0]
  expect(await select(['metadata', 'values'])).toEqual({ metadata: { kind }, values: states[0] })
  expect(await select(['status'])).toEqual({ status: 'idle' })
  const keys: unknown = ['values.customer', 'values.missing', 'interrupts']
  const sent = await fetch(`${server().url}/threads/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { kind }, select: keys }),
  })
  expect(await sent.json()).toEqual([{ values: { customer: 'blue' }, interrupts: {} }])
})

test.each([
  ['a selected key with U+0000', { select: ['values.a\0b'] }, 'select.0: must not hold U+0000'],
  [
    'more filtered values than a statement may have',
    { values: Object.fromEntries(Array.from({ length: 30_000 }, (_, number) => [`key ${number}`, number])) },
    'values: must have at most 100 fields',
  ],
])('a search with %s is rejected with 422', async (_title, body, detail) => {
  const answer = await fetch(`${server().url}/threads/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 422,
    body: { detail: expect.stringContaining(detail) },
  })
})

test('a search with a filter on values uses the index, and so does a page far from the start', async () => {
  await withClient(database(), async (admin) => {
    await admin.query('SET enable_seqscan = off')
    const plan = async (text: string): Promise<string> =>
      (await admin.query<Record<string, string>>(`EXPLAIN ${text}`)).rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(
      await plan(`SELECT count(*) FROM hadal.thread WHERE NOT temporary AND searched_values @> '{"small":{"a":1}}'`),
    ).toContain('thread_by_values')
    expect(
      await plan(
        'SELECT thread_id FROM hadal.thread WHERE NOT temporary ORDER BY updated_at DESC, thread_id DESC LIMIT 1 OFFSET 9',
      ),
    ).toContain('Index Only Scan Backward using thread_by_update')
  })
})
