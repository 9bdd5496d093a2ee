import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { wholeTenant } from '../store/scope.ts'
import { TenantItems } from '../store/tenant-items.ts'
import { TenantStore } from '../store/tenant-store.ts'

const agentsFile = join(import.meta.dirname, '../fixtures/store-agents/langgraph.json')
const database = createDatabase()
/** A server with a default TTL of 60 minutes, and one without. Neither sweeps during the tests. */
const server = useTestServer(database, { AGENTS_CONFIG: agentsFile })
const plain = useTestServer(database, { ROLE: 'api' })

let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())
beforeEach(() => pool.query('DELETE FROM hadal.store_item'))

const store = () => server().client.store

/** Moves the end of the TTL of all items into the past, or nearer to now. */
const age = (minutes: number) =>
  pool.query("UPDATE hadal.store_item SET expires_at = expires_at - $1 * interval '1 minute'", [minutes])

/** Minutes until the TTL of an item is over, rounded to whole minutes; null without a TTL. */
async function minutesLeft(key: string): Promise<number | null> {
  const { rows } = await pool.query<{ left: number | null }>(
    'SELECT round(extract(epoch FROM expires_at - now()) / 60)::int AS left FROM hadal.store_item WHERE key = $1',
    [key],
  )
  return rows[0]?.left ?? null
}
const rowsOf = async (): Promise<number> => (await pool.query('SELECT 1 FROM hadal.store_item')).rowCount ?? 0

test('an item whose ttl is over is missing in every answer, before and after its removal', async () => {
  await store().putItem(['t', 'old'], 'old', { n: 1 }, { ttl: 5 })
  await age(6)
  await store().putItem(['t'], 'young', { n: 1 }, { ttl: 5 })
  const seen = async () => ({
    item: await store().getItem(['t', 'old'], 'old'),
    found: (await store().searchItems(['t'])).items.map(({ key }) => key),
    namespaces: (await store().listNamespaces()).namespaces,
  })
  expect(await rowsOf()).toBe(2)
  const expected = { item: null, found: ['young'], namespaces: [['t']] }
  expect(await seen()).toEqual(expected)
  const variables = { DATABASE_URL: database(), LOG_LEVEL: 'silent', AGENTS_CONFIG: agentsFile }
  const shown = await runProgram(['prune', '--dry-run'], variables)
  expect(shown.output).toMatch(/ttl of an item of the store: 1 items, 0\.0 MB, the oldest since 20/)
  expect(await rowsOf()).toBe(2)
  const pruned = await runProgram(['prune'], variables)
  expect(pruned).toMatchObject({ code: 0, errors: '' })
  expect(pruned.output).toContain('\nstore_item: 1\n')
  expect(await rowsOf()).toBe(1)
  expect(await seen()).toEqual(expected)
})

test('an item that is put again after its ttl is over is a new item', async () => {
  await store().putItem(['t'], 'k', { n: 1 }, { ttl: 5 })
  const first = await store().getItem(['t'], 'k', { refreshTtl: false })
  await age(6)
  await store().putItem(['t'], 'k', { n: 2 })
  const second = await store().getItem(['t'], 'k')
  expect(second?.value).toEqual({ n: 2 })
  expect(Date.parse(second?.createdAt ?? '')).toBeGreaterThan(Date.parse(first?.createdAt ?? ''))
})

test('each item gets its own ttl, or else the default of langgraph.json, whether a client or an agent writes it', async () => {
  await store().putItem(['t'], 'own', {}, { ttl: 5 })
  await store().putItem(['t'], 'standard', {})
  await store().putItem(['t'], 'null', {}, { ttl: null })
  await server().client.runs.wait(null, 'notes', { input: { keep: 'by an agent' } })
  await plain().client.store.putItem(['t'], 'plain', {})
  expect(await minutesLeft('own')).toBe(5)
  for (const key of ['standard', 'null']) expect(await minutesLeft(key)).toBe(60)
  expect(await minutesLeft('plain')).toBeNull()
  const { rows } = await pool.query(
    "SELECT ttl_minutes FROM hadal.store_item WHERE namespace = ARRAY['notes', 'agent']",
  )
  expect(rows).toEqual([{ ttl_minutes: 60 }])
  // A put replaces the TTL too.
  await plain().client.store.putItem(['t'], 'own', {})
  expect(await minutesLeft('own')).toBeNull()
  await age(1_000_000)
  expect((await plain().client.store.getItem(['t'], 'plain'))?.key).toBe('plain')
})

test('a read starts the ttl anew, unless it or langgraph.json says otherwise', async () => {
  await store().putItem(['t'], 'k', {}, { ttl: 30 })
  await age(20)
  await store().getItem(['t'], 'k', { refreshTtl: false })
  await store().searchItems(['t'], { refreshTtl: false })
  expect(await minutesLeft('k')).toBe(10)
  await store().getItem(['t'], 'k')
  expect(await minutesLeft('k')).toBe(30)
  await age(20)
  await store().searchItems(['t'])
  expect(await minutesLeft('k')).toBe(30)
  // A listing of namespaces is not a read of items.
  await age(20)
  await store().listNamespaces()
  expect(await minutesLeft('k')).toBe(10)
  const kept = new TenantStore(
    new TenantItems(pool, wholeTenant('default'), { ttl: { defaultMinutes: undefined, refreshOnRead: false } }),
  )
  await kept.get(['t'], 'k')
  await kept.search(['t'])
  expect(await minutesLeft('k')).toBe(10)
  await kept.search(['t'], { refreshTtl: true })
  expect(await minutesLeft('k')).toBe(30)
  await age(20)
  await kept.get(['t'], 'k', { refreshTtl: true })
  expect(await minutesLeft('k')).toBe(30)
  await kept.put(['t'], 'k', {}, undefined, { ttl: 7 })
  expect(await minutesLeft('k')).toBe(7)
})

test('an item that is read often is written once per hundredth of its ttl', async () => {
  await store().putItem(['t'], 'k', {}, { ttl: 100 })
  const version = async () =>
    (await pool.query<{ xmin: string }>('SELECT xmin::text FROM hadal.store_item')).rows[0]?.xmin
  const before = await version()
  for (let n = 0; n < 3; n += 1) await store().getItem(['t'], 'k')
  expect(await version()).toBe(before)
  await age(2)
  await store().getItem(['t'], 'k')
  expect(await version()).not.toBe(before)
})

test('a server of the previous release that replaces an item starts its ttl anew', async () => {
  await store().putItem(['t'], 'k', { n: 1 }, { ttl: 30 })
  await age(29)
  await pool.query(
    `INSERT INTO hadal.store_item (tenant, namespace, key, value) VALUES ($1, $2::text[], $3, $4::jsonb)
     ON CONFLICT (tenant, namespace, key) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()`,
    ['default', ['t'], 'k', '{"n": 2}'],
  )
  expect(await minutesLeft('k')).toBe(30)
})

test('items from before the migration are kept', async () => {
  await pool.query(
    "INSERT INTO hadal.store_item (tenant, namespace, key, value, created_at, updated_at) VALUES ('default', ARRAY['t'], 'old', '{}', '2020-01-01', '2020-01-01')",
  )
  const variables = { DATABASE_URL: database(), LOG_LEVEL: 'silent', AGENTS_CONFIG: agentsFile }
  const { output } = await runProgram(['prune'], variables)
  expect(output).toContain('\nstore_item: 0\n')
  expect((await store().getItem(['t'], 'old'))?.key).toBe('old')
  expect(await minutesLeft('old')).toBeNull()
})

test('items that are overdue are in the metrics of retention', async () => {
  await store().putItem(['t'], 'k', {}, { ttl: 5 })
  await age(65)
  const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )
  expect(value('hadal_retention_overdue_seconds')).toBeGreaterThanOrEqual(3_600)
  expect(value('hadal_retention_removed_total{kind="store_item"}')).toBe(0)
})
