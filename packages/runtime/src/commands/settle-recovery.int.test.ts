import { expect, test } from 'vitest'
import { flushDeletions } from '../backup/deletions/flush-deletions.ts'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { copyDatabase } from '../fixtures/copy-database.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { settleRecovery } from './settle-recovery.ts'

const database = createDatabase()
const rows = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(url, async (client) => (await client.query(sql)).rows)
const threadsOf = async (url: string) =>
  (await rows(url, 'SELECT thread_id::text AS id FROM hadal.thread')).map(({ id }) => id)

test('a recovered database is settled once: what was deleted after its time is deleted again', async () => {
  await using backup = await backupFolder()
  const { target } = backup
  const server = await startTestServer(database())
  const { thread_id: kept } = await server.client.threads.create()
  const { thread_id: deleted } = await server.client.threads.create()
  await server.drain()
  const [row] = await rows(
    database(),
    'SELECT to_char(clock_timestamp() AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\') AS now',
  )
  // A copy of the database stands for its recovery to this time.
  await using copy = await copyDatabase(database())
  const later = await startTestServer(database())
  await later.client.threads.delete(deleted)
  await later.drain()
  await withClient(database(), (client) => flushDeletions(client, target))

  const recovered = { url: copy.url, tls: undefined }
  const recovery = `postgres-2@${String(row?.now)}`
  expect(await settleRecovery({ database: recovered, recovery, target })).toBeDefined()
  expect(await threadsOf(copy.url)).toEqual([kept])
  expect(await settleRecovery({ database: recovered, recovery, target })).toBeUndefined()
  expect(await rows(copy.url, 'SELECT backup_id, ended_at IS NOT NULL AS ended FROM hadal.restore')).toEqual([
    { backup_id: recovery, ended: true },
  ])
  expect(await settleRecovery({ database: recovered, recovery: 'postgres-3@latest', target })).toBeDefined()
})

test('a database on which a server executes runs is not settled', async () => {
  await using backup = await backupFolder()
  const server = await startTestServer(database())
  try {
    const recovered = { url: database(), tls: undefined }
    const settling = settleRecovery({ database: recovered, recovery: 'postgres-4@latest', target: backup.target })
    await expect(settling).rejects.toThrow('1 server executes runs on this database, so nothing was held.')
    expect(await rows(database(), 'SELECT FROM hadal.restore')).toEqual([])
  } finally {
    await server.drain()
  }
})

test.each(['postgres-2', 'postgres-2@yesterday', '@latest'])(
  'the value %s is refused with the form',
  async (recovery) => {
    await using backup = await backupFolder()
    const settling = settleRecovery({ database: { url: database(), tls: undefined }, recovery, target: backup.target })
    await expect(settling).rejects.toThrow(`DATABASE_RECOVERY is "${recovery}". Set it to <name>@<time>`)
  },
)
