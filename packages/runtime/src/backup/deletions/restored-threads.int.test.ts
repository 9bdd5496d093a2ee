import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { clientOfPerson, peopleSignIn, person } from '../../fixtures/people.ts'
import { runProgram } from '../../fixtures/server-process.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'

const living = createDatabase()
const restored = createDatabase({ migrated: false })
const folder = mkdtempSync(join(tmpdir(), 'hadal-restored-threads-'))
const target = `file://${folder}/archive`
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const [ada, bob] = [person('ada-of-the-tests', ['read', 'run']), person('bob-of-the-tests', ['read', 'run'])]
const threads: string[] = []
let backup: string

const command = async (url: string, ...words: string[]): Promise<string> => {
  const ended = await runProgram(words, { DATABASE_URL: url, DATABASE_OWNER_URL: url, BACKUP_TARGET: target })
  expect(ended).toMatchObject({ code: 0, errors: expect.not.stringContaining('hadal-runtime:') })
  return ended.output
}
/** Lets people use a server, which appends its deletions to the log at its end. */
async function serve(work: (url: string) => Promise<void>): Promise<void> {
  const server = await startTestServer(living(), { BACKUP_TARGET: target }, peopleSignIn())
  try {
    await work(server.url)
  } finally {
    await server.drain()
  }
}
const idsIn = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT thread_id::text AS id FROM hadal.thread WHERE owner <> '' ORDER BY 1",
    )
    return rows.map(({ id }) => id)
  })
const restore = (...ids: string[]) =>
  command(living(), 'restore', '--backup', backup, '--threads', ids.join(','), '--deleted')
const restoreAll = async (): Promise<string[]> => {
  await withClient(restored(), (client) => client.query('DROP SCHEMA IF EXISTS hadal, hadal_audit, pgboss CASCADE'))
  await withClient(restored(), (client) =>
    client.query('DROP TABLE IF EXISTS checkpoints, checkpoint_blobs, checkpoint_writes, checkpoint_migrations'),
  )
  await command(restored(), 'restore', '--backup', backup)
  return idsIn(restored())
}

beforeAll(async () => {
  await serve(async (url) => {
    for (const who of [bob, bob, bob, ada, ada]) {
      const client = clientOfPerson(url, who)
      const { thread_id } = await client.threads.create()
      await client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
      threads.push(thread_id)
    }
    await clientOfPerson(url, ada).store.putItem(['notes'], 'mine', { text: 'item of ada' })
  })
  backup = JSON.parse(await command(living(), 'backup', '--json')).id
}, 120_000)

test('a thread that a person restored after its deletion, also one of a deleted user, is in a later restore of the whole older backup', async () => {
  const [first = '', twice = '', gone = '', ofUser = '', goneWithUser = ''] = threads
  await serve(async (url) => {
    for (const id of [first, twice, gone]) await clientOfPerson(url, bob).threads.delete(id)
  })
  await command(living(), 'subject', 'delete', '--user', ada.user, '--tenant', ada.tenant)
  await restore(first, twice, ofUser)
  // Restored, and deleted again.
  await serve((url) => clientOfPerson(url, bob).threads.delete(twice))

  expect(await restoreAll()).toEqual([first, ofUser].toSorted())
  const { runs, items } = await withClient(restored(), async (client) => ({
    runs: (await client.query('SELECT thread_id::text AS id, owner FROM hadal.run WHERE owner = $1', [ada.user])).rows,
    items: (await client.query("SELECT FROM hadal.store_item WHERE value::text LIKE '%of ada%'")).rowCount,
  }))
  expect(runs).toEqual([{ id: ofUser, owner: ada.user }])
  expect(items).toBe(0)
  // Single threads follow the same rule.
  const refused = await runProgram(['restore', '--backup', backup, '--threads', `${gone},${goneWithUser},${twice}`], {
    ...{ DATABASE_URL: living(), DATABASE_OWNER_URL: living(), BACKUP_TARGET: target },
  })
  for (const id of [gone, goneWithUser, twice]) expect(refused.errors).toContain(id)
  await serve((url) => clientOfPerson(url, bob).threads.delete(first))
  await restore(twice)
  await serve(async () => {})
  expect(await restoreAll()).toEqual([twice, ofUser].toSorted())
})

test('a restored thread of a backup stays if the database was lost before a server had logged its restore', async () => {
  const [, , gone = ''] = threads
  await restore(gone)
  expect(
    await withClient(
      living(),
      async (client) => (await client.query("SELECT FROM hadal.deletion WHERE kind = 'restored'")).rowCount,
    ),
  ).toBe(1)
  // The database of the backup has the restored thread, and the log has only its deletion.
  const lost = join(folder, 'lost')
  const taken = await runProgram(['backup', '--json'], {
    DATABASE_URL: living(),
    DATABASE_OWNER_URL: living(),
    BACKUP_TARGET: `file://${lost}`,
  })
  expect(taken).toMatchObject({ code: 0 })
  backup = JSON.parse(taken.output).id
  cpSync(join(lost, backup), join(folder, 'archive', backup), { recursive: true })
  expect(await restoreAll()).toContain(gone)
})
