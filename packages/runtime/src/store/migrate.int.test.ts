import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { newestFirst } from './checkpoint-order.ts'
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

test('five processes migrate an empty database at the same time, and each migration runs once', async () => {
  const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(url())))
  expect(ran.flat()).toEqual(migrations.map((migration) => migration.name))
  expect(await tables()).toEqual(
    expect.arrayContaining(['hadal.run', 'hadal.run_event', 'hadal.thread', 'pgboss.job', 'public.checkpoints']),
  )
})

test('does not change a migrated database', async () => {
  const before = await tables()
  expect(await migrate(url())).toEqual([])
  expect(await tables()).toEqual(before)
})

test('numbers the migrations from 1 without gaps', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
})

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url() })
  await client.connect()
  return client
}

test('a migration that waits for a lock blocks no other statement, and runs once the lock is free', async () => {
  const [server, other] = [await connect(), await connect()]
  try {
    await server.query('ALTER TABLE public.checkpoint_writes DROP COLUMN hadal_run_id')
    await server.query('DROP TRIGGER mark_write ON public.checkpoint_writes')
    await server.query('DROP FUNCTION hadal.mark_write')
    await server.query('DELETE FROM hadal.migration WHERE version = 7')
    // A server's transaction that has read and will write.
    await server.query('BEGIN')
    await server.query('SELECT 1 FROM public.checkpoint_writes')
    const migrated = migrate(url())
    await eventually(
      () =>
        other.query(
          "SELECT 1 FROM pg_stat_activity WHERE application_name = 'hadal migrate' AND wait_event_type = 'Lock'",
        ),
      ({ rowCount }) => rowCount === 1,
    )
    await other.query('SELECT 1 FROM public.checkpoint_writes')
    await server.query('UPDATE public.checkpoint_writes SET idx = idx')
    await server.query('COMMIT')
    expect(await migrated).toEqual([migrations.at(6)?.name])
  } finally {
    await Promise.all([server.end(), other.end()])
  }
})

test('checkpoints get their order without a rewrite of the table, and its index is built while servers write', async () => {
  const [server, other] = [await connect(), await connect()]
  const insert = `INSERT INTO public.checkpoints (thread_id, checkpoint_id, checkpoint, metadata) VALUES ('thread', gen_random_uuid(), '{}', '{}')`
  const files = async () => (await other.query("SELECT pg_relation_filenode('public.checkpoints') AS file")).rows
  const isWaiting = () =>
    other.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'hadal migrate' AND wait_event_type = 'Lock'")
  try {
    await server.query('ALTER TABLE public.checkpoints DROP COLUMN hadal_sequence')
    await server.query('DROP FUNCTION hadal.checkpoint_number')
    await server.query('DROP SEQUENCE hadal.checkpoint_sequence')
    await server.query('DELETE FROM hadal.migration WHERE version = 8')
    await other.query(insert)
    const before = await files()
    expect(await migrate(url())).toEqual([migrations.at(7)?.name])
    expect(await files()).toEqual(before)
    // The invalid index of an interrupted build.
    await server.query(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.checkpoints_in_order'::regclass",
    )
    await server.query('BEGIN')
    await server.query(insert)
    const migrated = migrate(url())
    await eventually(isWaiting, ({ rowCount }) => rowCount === 1)
    await other.query(insert)
    await server.query('COMMIT')
    expect(await migrated).toEqual([])
    const { rows } = await other.query('SELECT hadal_sequence FROM public.checkpoints ORDER BY 1 NULLS FIRST')
    expect(rows).toEqual([null, '1', '2'].map((hadal_sequence) => ({ hadal_sequence })))
    const newest = `SELECT 1 FROM public.checkpoints WHERE thread_id = 'thread' AND checkpoint_ns = '' ORDER BY ${newestFirst} LIMIT 1`
    await server.query('SET enable_seqscan = off; SET enable_sort = off')
    expect(JSON.stringify((await server.query(`EXPLAIN ${newest}`)).rows)).toMatch(
      /Scan Backward using checkpoints_in_order/,
    )
  } finally {
    await Promise.all([server.end(), other.end()])
  }
})
