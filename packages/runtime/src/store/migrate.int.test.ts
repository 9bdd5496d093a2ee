import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/migrations.ts'

const url = createDatabase({ migrated: false })

async function tables(): Promise<string[]> {
  const client = new pg.Client({ connectionString: url() })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('public', 'hadal', 'pgboss') ORDER BY 1",
  )
  await client.end()
  return rows.map((row) => row.name)
}

test('five processes that migrate an empty database at once all succeed, and each migration runs once', async () => {
  const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(url())))
  expect(ran.flat()).toEqual(migrations.map((migration) => migration.name))
  expect(await tables()).toEqual(
    expect.arrayContaining(['hadal.run', 'hadal.run_event', 'hadal.thread', 'pgboss.job', 'public.checkpoints']),
  )
})

test('a database that is migrated already is left as it is', async () => {
  const before = await tables()
  expect(await migrate(url())).toEqual([])
  expect(await tables()).toEqual(before)
})

test('migrations count from 1 without gap', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
})
