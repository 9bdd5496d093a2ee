import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteSubject } from '../../commands/subject-delete.ts'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { dumpDatabase } from '../../fixtures/every-column.ts'
import { clientOfPerson, peopleSignIn, person } from '../../fixtures/people.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { restoreDatabase } from '../restore/restore-database.ts'
import { takeBackup } from '../take-backup.ts'

const database = createDatabase()
const restored = createDatabase({ migrated: false })
let server: TestServer
let pool: pg.Pool
beforeAll(async () => {
  server = await startTestServer(database(), {}, peopleSignIn())
  pool = new pg.Pool({ connectionString: database(), max: 2 })
})
afterAll(async () => {
  await server?.drain()
  await pool?.end()
})

const [ada, bob] = [person('ada-of-the-tests', ['read', 'run']), person('bob', ['read', 'run'])]

/** A thread of a person with a finished run, and an item. */
async function write(who: typeof ada): Promise<string> {
  const { threads, runs, store } = clientOfPerson(server.url, who)
  const { thread_id } = await threads.create()
  await runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  await store.putItem(['notes'], 'mine', { text: `of ${who.user}` })
  return thread_id
}

test('a restore brings nothing back of a user and of threads that were deleted after the backup, as the servers and the command log it', async () => {
  await using backup = await backupFolder()
  const logging = await startTestServer(database(), { BACKUP_TARGET: backup.target.address }, peopleSignIn())
  const ofAda = await write(ada)
  const [deleted, kept] = [await write(bob), await write(bob)]
  // No user has a pseudonym before the backup.
  await pool.query('DELETE FROM hadal.pseudonym')
  const options = { target: backup.target, onProgress: () => {} }
  await takeBackup({ ...options, database: { url: database(), tls: undefined }, recipients: [] })
  await clientOfPerson(server.url, bob).threads.delete(deleted)
  expect(await deleteSubject(pool, { kind: 'user', ...ada })).toContain('threads: 1\nitems: 1\n')
  // A server that stops appends what is not yet in the log.
  await logging.drain()
  expect((await pool.query('SELECT FROM hadal.deletion')).rowCount).toBe(0)

  const { deleted: applied } = await restoreDatabase({
    ...options,
    database: { url: restored(), tls: undefined },
    identities: [],
  })
  expect(applied).toEqual({ threads: 1, users: 1 })
  const dump = JSON.stringify(await withClient(restored(), dumpDatabase))
  for (const gone of [ada.user, ofAda, deleted]) expect(dump).not.toContain(gone)
  for (const there of [kept, 'of bob']) expect(dump).toContain(there)
})
