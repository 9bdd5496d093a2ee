import { expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { lockMigrations, migrateTables } from '../../store/migrate-tables.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreDatabase } from './restore-database.ts'

const older = createDatabase({ migrated: false })
const restored = createDatabase({ migrated: false })

/** Newest schema without a table for restores. */
const schemaBefore = 25

test('a backup of a schema without a table for restores is restored', async () => {
  await using backup = await backupFolder()
  const application = `server_of_${new URL(restored()).pathname.slice(1)}`
  await using _ = {
    [Symbol.asyncDispose]: () =>
      withClient(restored(), async (client) => {
        await client.query(`DROP OWNED BY ${application}; DROP ROLE ${application}`)
      }),
  }
  await withClient(restored(), (client) => client.query(`CREATE ROLE ${application} LOGIN`))
  await withClient(older(), async (client) => {
    await lockMigrations(client)
    await migrateTables(client, schemaBefore)
    await client.query('INSERT INTO hadal.thread (thread_id) SELECT gen_random_uuid() FROM generate_series(1, 5)')
  })
  const options = { target: backup.target, onProgress: () => {} }
  const { manifest } = await takeBackup({ ...options, database: { url: older(), tls: undefined }, recipients: [] })
  expect(manifest.schemaVersion).toBe(schemaBefore)
  const report = await restoreDatabase({
    ...options,
    database: { url: restored(), tls: undefined, roles: { application, loops: application } },
    identities: [],
    verifyHashes: true,
  })
  expect(report).toMatchObject({ verifiedThreads: 5 })
  const { rows } = await withClient(restored(), (client) =>
    client.query('SELECT backup_id, ended_at IS NOT NULL AS ended FROM hadal.restore'),
  )
  expect(rows).toEqual([{ backup_id: manifest.id, ended: true }])
  const { rows: rights } = await withClient(restored(), (client) =>
    client.query(
      "SELECT has_table_privilege($1, 'hadal.audit', 'INSERT') AS adds, has_table_privilege($1, 'hadal.audit', 'UPDATE') AS changes",
      [application],
    ),
  )
  expect(rights).toEqual([{ adds: true, changes: false }])
})
