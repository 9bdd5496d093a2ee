import { Client } from '@langchain/langgraph-sdk'
import { expect, test } from 'vitest'
import { flushDeletions } from '../backup/deletions/flush-deletions.ts'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { copyDatabase } from '../fixtures/copy-database.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { dumpDatabase } from '../fixtures/every-column.ts'
import { audience, startOidcIssuer } from '../fixtures/oidc-issuer.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { settleRecovery } from './settle-recovery.ts'

const database = createDatabase()
const withoutBackup = createDatabase()
const rows = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(url, async (client) => (await client.query(sql)).rows)
const threadsOf = async (url: string) =>
  (await rows(url, 'SELECT thread_id::text AS id FROM hadal.thread')).map(({ id }) => id)

/** Deletions that a server appended to its log. */
const moveToLog = (target: Parameters<typeof flushDeletions>[1]) =>
  withClient(withoutBackup(), (client) => flushDeletions(client, target))
const nowOf = async (url: string): Promise<string> =>
  String(
    (
      await rows(
        url,
        'SELECT to_char(clock_timestamp() AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\') AS now',
      )
    )[0]?.now,
  )

test('a recovered database is settled once: what was deleted after its time is deleted again', async () => {
  await using backup = await backupFolder()
  const { target } = backup
  const server = await startTestServer(database())
  const { thread_id: kept } = await server.client.threads.create()
  const { thread_id: deleted } = await server.client.threads.create()
  await server.drain()
  const recovery = `postgres-2@${await nowOf(database())}`
  // A copy of the database stands for its recovery to this time.
  await using copy = await copyDatabase(database())
  const later = await startTestServer(database())
  await later.client.threads.delete(deleted)
  await later.drain()
  await withClient(database(), (client) => flushDeletions(client, target))

  const recovered = { url: copy.url, tls: undefined }
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

test('a user who signed in first after the newest backup, and was deleted after the time of the recovery, does not come back', async () => {
  await using backup = await backupFolder()
  const issuer = await startOidcIssuer(['ada-of-the-tests', 'kim-of-the-tests'])
  const access = { kind: 'oidc', issuer: issuer.url, audience, clockSkewSeconds: 0 }
  const server = await startTestServer(withoutBackup(), { ACCESS: JSON.stringify(access) })
  const put = async (user: string): Promise<void> => {
    const defaultHeaders = { authorization: `Bearer ${await issuer.token(user)}` }
    const client = new Client({ apiUrl: server.url, apiKey: null, defaultHeaders, callerOptions: { maxRetries: 0 } })
    await client.store.putItem(['notes'], 'mine', { text: `of ${user}` })
    await client.threads.create()
  }
  const variables = {
    DATABASE_URL: withoutBackup(),
    DATABASE_OWNER_URL: withoutBackup(),
    BACKUP_TARGET: backup.target.address,
  }
  const command = async (words: string, url = withoutBackup()) =>
    expect(
      await runProgram(words.split(' '), { ...variables, DATABASE_URL: url, DATABASE_OWNER_URL: url }),
    ).toMatchObject({ code: 0, errors: expect.not.stringContaining('hadal-runtime:') })
  const tenant = 'default'
  try {
    await put('ada-of-the-tests')
    await put('kim-of-the-tests')
    // A deleted user who comes back is a new one for the log.
    await command(`subject delete --user kim-of-the-tests --tenant ${tenant}`)
    await put('kim-of-the-tests')
    await command(`keys create --user bob-of-the-tests --tenant ${tenant} --roles read,run`)
  } finally {
    await server.drain()
    await issuer.close()
  }
  const recovery = `postgres-2@${await nowOf(withoutBackup())}`
  await using copy = await copyDatabase(withoutBackup())
  const users = ['ada-of-the-tests', 'bob-of-the-tests', 'kim-of-the-tests']
  for (const user of users) await command(`subject delete --user ${user} --tenant ${tenant}`)

  const before = JSON.stringify(await withClient(copy.url, dumpDatabase))
  for (const user of users) expect(before).toContain(user)
  const migrated = await runProgram(['migrate'], {
    ...variables,
    DATABASE_URL: copy.url,
    DATABASE_OWNER_URL: copy.url,
    DATABASE_RECOVERY: recovery,
  })
  expect(migrated).toMatchObject({ code: 0 })
  const after = JSON.stringify(await withClient(copy.url, dumpDatabase))
  for (const user of users) expect(after).not.toContain(user)
})

test('a recovery to the end of an archive without runs reads the log from the newest thread on, however long ago that was', async () => {
  await using backup = await backupFolder()
  await using copy = await copyDatabase(withoutBackup())
  const id = '10000000-0000-4000-8000-000000000000'
  await rows(copy.url, 'DELETE FROM hadal.thread')
  const at = "now() - interval '3 days'"
  await rows(copy.url, `INSERT INTO hadal.thread (thread_id, created_at, updated_at) VALUES ('${id}', ${at}, ${at})`)
  await rows(withoutBackup(), 'DELETE FROM hadal.deletion')
  await rows(
    withoutBackup(),
    `INSERT INTO hadal.deletion (kind, pseudonym, at) VALUES ('thread', hadal.thread_pseudonym_v1('${id}'), now() - interval '50 hours')`,
  )
  await moveToLog(backup.target)
  // The file was written soon after the deletion.
  const [file] = await backup.target.list('deletions/')
  const written = new Date(Date.now() - 50 * 3_600_000).toISOString().replaceAll(/[-:.]/g, '')
  await backup.target.write(
    `deletions/${written}-00000000.jsonl`,
    (await backup.target.readAll(file?.path ?? '')) ?? Buffer.of(),
  )
  await backup.target.delete([file?.path ?? ''])
  const recovered = { url: copy.url, tls: undefined }
  await settleRecovery({ database: recovered, recovery: 'postgres-2@latest', target: backup.target })
  expect(await threadsOf(copy.url)).not.toContain(id)
})

test.each(['postgres-2', 'postgres-2@yesterday', '@latest'])(
  'the value %s is refused with the form',
  async (recovery) => {
    await using backup = await backupFolder()
    const settling = settleRecovery({ database: { url: database(), tls: undefined }, recovery, target: backup.target })
    await expect(settling).rejects.toThrow(`DATABASE_RECOVERY is "${recovery}". Set it to <name>@<time>`)
  },
)
