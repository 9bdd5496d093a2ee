import type pg from 'pg'
import { expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { schemaOfDatabase } from '../../fixtures/database-content.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { migrate } from '../../store/migrate.ts'
import { lockMigrations, migrateTables } from '../../store/migrate-tables.ts'
import { migrations } from '../../store/migrations/migrations.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreDatabase } from './restore-database.ts'
import { sharedSequences } from './set-sequences.ts'

const older = createDatabase({ migrated: false })
const restored = createDatabase({ migrated: false })
const wanted = createDatabase({ migrated: false })
const of = (url: string) => ({ url, tls: undefined })

test('a backup of an older schema is restored with its schema, and then migrated', async () => {
  await using backup = await backupFolder()
  const newest = migrations.at(-1)
  await withClient(older(), async (client: pg.Client) => {
    await lockMigrations(client)
    await migrateTables(client, (newest?.version ?? 0) - 1)
    await client.query(
      "INSERT INTO hadal.thread (thread_id, metadata) SELECT gen_random_uuid(), jsonb_build_object('n', n) FROM generate_series(1, 50) AS n",
    )
    // A sequence far beyond the one of a new database.
    await client.query("SELECT setval('hadal.checkpoint_sequence', 5000)")
    await client.query(
      "INSERT INTO public.checkpoints (thread_id, checkpoint_id, checkpoint, metadata) SELECT thread_id, 'one', '{}', '{}' FROM hadal.thread",
    )
    await client.query(
      `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at)
       SELECT 'asked', encode(sha256(thread_id::text::bytea), 'hex'), 'default', thread_id, 'place', 'tool', now() FROM hadal.thread`,
    )
  })
  const { manifest } = await takeBackup({
    database: of(older()),
    target: backup.target,
    recipients: [],
    onProgress: () => {},
  })
  expect(manifest.schemaVersion).toBe((newest?.version ?? 0) - 1)

  const options = { target: backup.target, identities: [], onProgress: () => {}, verifyHashes: true }
  const report = await restoreDatabase({ ...options, database: of(restored()) })
  expect(report).toMatchObject({ migrated: [newest?.name], verifiedThreads: 50 })
  await migrate(wanted())
  expect(await withClient(restored(), schemaOfDatabase)).toEqual(await withClient(wanted(), schemaOfDatabase))

  const numbers = await withClient(restored(), async (client) => {
    const { rows: checkpoint } = await client.query(
      "SELECT nextval('hadal.checkpoint_sequence') > max(hadal_sequence) AS later FROM public.checkpoints",
    )
    const { rows: entry } = await client.query(
      `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at)
       SELECT 'asked', repeat('a', 64), 'default', thread_id, 'place', 'tool', now() FROM hadal.thread LIMIT 1 RETURNING sequence::int`,
    )
    return [checkpoint[0]?.later, entry[0]?.sequence]
  })
  expect(numbers).toEqual([true, 51])
})

test('every sequence of the server is owned by a column or has the columns that use it in the list of a restore', async () => {
  const { rows } = await withClient(restored(), (client) =>
    client.query<{ name: string }>(
      `SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class
       WHERE relkind = 'S' AND relnamespace::regnamespace::text IN ('hadal', 'public')
         AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype IN ('a', 'i'))`,
    ),
  )
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(sharedSequences))
})
