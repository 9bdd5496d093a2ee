import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { copyDatabase } from '../../fixtures/copy-database.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { dumpDatabase } from '../../fixtures/every-column.ts'
import { clientOfPerson, peopleSignIn, person } from '../../fixtures/people.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { countWithoutPseudonym, createPseudonyms } from '../../store/queries/pseudonyms.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { applyDeletions } from './apply-deletions.ts'
import type { Deletion } from './deletion.ts'
import { listDeletionFiles, readDeletionFile, writeDeletions } from './deletion-file.ts'
import { expireDeletions } from './expire-deletions.ts'
import { findDeletedThreads } from './find-deleted-threads.ts'
import { flushDeletions } from './flush-deletions.ts'

const database = createDatabase()
const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain()
})

async function start(): Promise<TestServer> {
  const server = await startTestServer(database(), {}, peopleSignIn())
  servers.push(server)
  return server
}
async function stopped<Result>(work: (server: TestServer) => Promise<Result>): Promise<Result> {
  const server = await start()
  const result = await work(server)
  servers.splice(servers.indexOf(server), 1)
  await server.drain()
  return result
}

const ada = person('ada-of-the-tests', ['read', 'run', 'approve'])
const bob = person('bob', ['read', 'run'])
const dora = person('dora', ['administer', 'run', 'read'])
const input = { steps: 1 }
const sql = <Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query<Row>(text, values)).rows)
const threadIds = async (url: string): Promise<string[]> =>
  (await sql<{ id: string }>(url, 'SELECT thread_id::text AS id FROM hadal.thread ORDER BY 1')).map(({ id }) => id)
const now = async (url: string): Promise<Date> =>
  (await sql<{ now: Date }>(url, 'SELECT clock_timestamp() AS now'))[0]?.now ?? new Date(0)
const applied = (url: string, target: Parameters<typeof applyDeletions>[1], since: Date) =>
  withClient(url, async (client) => {
    await client.query('BEGIN')
    const result = await applyDeletions(client, target, since)
    await client.query('COMMIT')
    return result
  })

test('threads that were deleted after a backup are deleted from it with all they have; other threads stay as they are', async () => {
  await using backup = await backupFolder()
  const { deleted, kept, again } = await stopped(async ({ url }) => {
    const { threads, runs } = clientOfPerson(url, ada)
    const ids: string[] = []
    for (let index = 0; index < 3; index += 1) {
      const { thread_id } = await threads.create()
      await runs.wait(thread_id, 'steps', { input })
      ids.push(thread_id)
    }
    const [first = '', second = '', third = ''] = ids
    // A client may choose an id again. The thread of the backup is the later one.
    await threads.delete(third)
    await threads.create({ threadId: third })
    return { deleted: first, kept: second, again: third }
  })
  const snapshotAt = await now(database())
  await using copy = await copyDatabase(database())
  await stopped(({ url }) => clientOfPerson(url, ada).threads.delete(deleted))
  expect(await withClient(database(), (client) => flushDeletions(client, backup.target))).toBe(2)

  const before = await sql(copy.url, 'SELECT * FROM public.checkpoints WHERE thread_id = $1', [kept])
  expect(before.length).toBeGreaterThan(0)
  expect(await applied(copy.url, backup.target, snapshotAt)).toEqual({ threads: 1, users: 0 })
  expect(await threadIds(copy.url)).toEqual([kept, again].toSorted())
  const dump = JSON.stringify(await withClient(copy.url, dumpDatabase))
  expect(dump).toContain(kept)
  expect(dump).not.toContain(deleted)
  expect(await sql(copy.url, 'SELECT * FROM public.checkpoints WHERE thread_id = $1', [kept])).toEqual(before)
  expect(await applied(copy.url, backup.target, snapshotAt)).toEqual({ threads: 0, users: 0 })
})

test('the log has a thread that a client deletes, with the hash of its id, and none that the sweep of stateless runs deletes', async () => {
  await using backup = await backupFolder()
  const { client } = await startTestServer(database()).then((server) => {
    servers.push(server)
    return server
  })
  await client.runs.wait(null, 'steps', { input })
  const { thread_id } = await client.threads.create()
  await client.threads.delete(thread_id)
  await sql(database(), "UPDATE hadal.thread SET updated_at = now() - interval '6 minutes' WHERE temporary")
  await sql(database(), 'DELETE FROM hadal.thread WHERE temporary')
  await withClient(database(), (connection) => flushDeletions(connection, backup.target))
  const files = await listDeletionFiles(backup.target)
  expect(files).toHaveLength(1)
  const [file] = files
  const lines = await readDeletionFile(backup.target, file?.path ?? '')
  const [hash] = await sql<{ hash: string }>(database(), "SELECT encode(sha256($1::text::bytea), 'hex') AS hash", [
    thread_id,
  ])
  expect(lines).toEqual([
    { at: expect.stringMatching(/^20/), tenant: 'default', kind: 'thread', pseudonym: hash?.hash },
  ])
  // The file has no id.
  expect(JSON.stringify(lines)).not.toContain(thread_id)
})

test('a user who was deleted after a backup is deleted from it, and its rows name nobody; rows of other users stay', async () => {
  await using backup = await backupFolder()
  await stopped(async ({ url }) => {
    const { threads, runs, store, assistants } = clientOfPerson(url, ada)
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'steps', { input })
    await threads.create()
    await store.putItem(['notes'], 'mine', { text: 'of ada' })
    await assistants.create({ graphId: 'steps', name: 'of ada' })
    const others = clientOfPerson(url, bob)
    const { thread_id: ofBob } = await others.threads.create()
    await others.runs.wait(ofBob, 'steps', { input })
    await others.store.putItem(['notes'], 'mine', { text: 'of bob' })
    // An administrator runs on the thread of another user.
    await clientOfPerson(url, dora).runs.wait(ofBob, 'steps', { input })
  })
  await withClient(database(), createPseudonyms)
  expect(await withClient(database(), countWithoutPseudonym)).toBe(0)
  const snapshotAt = await now(database())
  await using copy = await copyDatabase(database())
  const pseudonyms = await sql<{ owner: string; pseudonym: string }>(
    database(),
    "SELECT owner, pseudonym::text FROM hadal.pseudonym WHERE tenant = 'acme'",
  )
  const of = (user: string): string => pseudonyms.find(({ owner }) => owner === user)?.pseudonym ?? ''
  await sql(
    database(),
    "INSERT INTO hadal.deletion (tenant, kind, pseudonym) SELECT 'acme', 'user', unnest($1::text[])",
    [[of(ada.user), of(dora.user)]],
  )
  // A user of another tenant with this pseudonym, and a pseudonym that the backup does not have, have no effect.
  await sql(
    database(),
    "INSERT INTO hadal.deletion (tenant, kind, pseudonym) VALUES ('other', 'user', $1), ('acme', 'user', gen_random_uuid())",
    [of('bob')],
  )
  await withClient(database(), (client) => flushDeletions(client, backup.target))

  expect(await applied(copy.url, backup.target, snapshotAt)).toEqual({ threads: 0, users: 2 })
  const dump = JSON.stringify(await withClient(copy.url, dumpDatabase))
  expect(dump).not.toContain(ada.user)
  expect(dump).not.toContain('of ada')
  expect(dump).toContain('of bob')
  expect(
    await sql(copy.url, "SELECT owner, count(*)::int AS threads FROM hadal.thread WHERE owner <> '' GROUP BY 1"),
  ).toEqual([{ owner: 'bob', threads: 1 }])
  // The run of the administrator is a part of bob's thread.
  expect(
    await sql(copy.url, "SELECT owner, count(*)::int AS runs FROM hadal.run WHERE owner <> '' GROUP BY 1 ORDER BY 1"),
  ).toEqual(
    [
      { owner: of(dora.user), runs: 1 },
      { owner: 'bob', runs: 1 },
    ].toSorted((a, b) => (a.owner < b.owner ? -1 : 1)),
  )
})

test('threads of a backup that were deleted from the living database are found, also before the log has them', async () => {
  await using backup = await backupFolder()
  const server = await start()
  const { threads } = clientOfPerson(server.url, ada)
  const made = await Promise.all([threads.create(), threads.create(), threads.create()])
  const [logged, unlogged, kept] = made.map(({ thread_id }) => thread_id)
  const since = await now(database())
  await threads.delete(logged ?? '')
  await withClient(database(), (client) => flushDeletions(client, backup.target))
  await threads.delete(unlogged ?? '')
  const wanted = made.map(({ thread_id, created_at }) => ({ threadId: thread_id, createdAt: new Date(created_at) }))
  const found = await withClient(database(), (client) => findDeletedThreads(client, backup.target, since, wanted))
  expect(found.toSorted()).toEqual([logged, unlogged].toSorted())
  expect(found).not.toContain(kept)
})

test('a log that is cut, or has a line that is not a deletion, is refused and nothing is deleted', async () => {
  await using backup = await backupFolder()
  const server = await start()
  const { thread_id } = await clientOfPerson(server.url, ada).threads.create()
  const since = await now(database())
  await sql(
    database(),
    "INSERT INTO hadal.deletion (tenant, kind, pseudonym) VALUES ('acme', 'thread', hadal.thread_pseudonym_v1($1))",
    [thread_id],
  )
  await withClient(database(), (client) => flushDeletions(client, backup.target))
  const [file] = await listDeletionFiles(backup.target)
  const path = file?.path ?? ''
  const good = Buffer.from((await backup.target.readAll(path)) ?? []).toString()
  for (const [content, sentence] of [
    [good.slice(0, -10), `${path} in ${backup.target.address} is cut: its last line has no end.`],
    [`${good.replace('thread', 'place')}`, 'Line 1 of'],
    [`${good}null\n`, `of ${path} in ${backup.target.address} is not a deletion`],
  ] as const) {
    await writeFile(join(backup.folder, path), content)
    await expect(applied(database(), backup.target, since)).rejects.toThrow(sentence)
    expect(await threadIds(database())).toContain(thread_id)
  }
  await writeFile(join(backup.folder, path), good)
  expect((await applied(database(), backup.target, since)).threads).toBe(1)
})

test('files of the log are removed that are a day older than the retention and than every backup, complete or not', async () => {
  await using backup = await backupFolder()
  const now = new Date('2026-12-02T12:30:00Z')
  const files = async () => (await backup.target.list('deletions')).map(({ path }) => path.slice(19, 21))
  for (const hour of ['08', '10', '12'])
    await backup.target.write(`deletions/20261130T${hour}0000000Z-00000000.jsonl`, Buffer.from(''))
  // One of an unknown format, and one that is being written.
  const backups = ['20261201T093000Z-00000000/manifest.json', '20261201T110000Z-00000000/data-00001']
  for (const path of backups) await backup.target.write(path, Buffer.from('{}'))
  await expireDeletions(backup.target, { days: 3, now })
  expect(await files()).toEqual(['08', '10', '12'])
  await expireDeletions(backup.target, { days: 1, now })
  expect(await files()).toEqual(['10', '12'])
  await backup.target.delete(backups.slice(0, 1))
  await expireDeletions(backup.target, { days: 1, now })
  expect(await files()).toEqual(['12'])
  await backup.target.delete(backups)
  await backup.target.write('deletions/20261130T130000000Z-00000000.jsonl', Buffer.from(''))
  await backup.target.write('deletions/README', Buffer.from('of an operator'))
  await expireDeletions(backup.target, { days: 1, now })
  expect((await backup.target.list('')).map(({ path }) => path)).toEqual([
    'deletions/20261130T130000000Z-00000000.jsonl',
    'deletions/README',
  ])
})

/** Writes a file of the log. @param hours hours from now on */
async function writeLog(target: BackupTarget, hours: number, lines: readonly Partial<Deletion>[]): Promise<void> {
  const at = new Date(Date.now() + hours * 3_600_000)
  await writeDeletions(
    target,
    at,
    lines.map((line) => ({
      at: at.toISOString(),
      tenant: 'acme',
      kind: 'thread',
      pseudonym: 'of another thread',
      ...line,
    })),
  )
}
const pseudonymOf = (threadId: string): string => createHash('sha256').update(threadId).digest('hex')

test('a deleted thread does not come back if the clock of the database goes back by hours before the deletion', async () => {
  await using backup = await backupFolder()
  const { early, late } = await stopped(async ({ url }) => {
    const { threads } = clientOfPerson(url, ada)
    return { early: (await threads.create()).thread_id, late: (await threads.create()).thread_id }
  })
  // The clock was two hours fast when a thread was created and the snapshot was taken.
  await sql(database(), "UPDATE hadal.thread SET created_at = created_at + interval '2 hours' WHERE thread_id = $1", [
    late,
  ])
  await using copy = await copyDatabase(database())
  const snapshotAt = new Date(Date.now() + 2 * 3_600_000)
  await stopped(async ({ url }) => {
    for (const id of [early, late]) await clientOfPerson(url, ada).threads.delete(id)
  })
  await withClient(database(), (client) => flushDeletions(client, backup.target))
  await applied(copy.url, backup.target, snapshotAt)
  const left = await threadIds(copy.url)
  for (const id of [early, late]) expect(left).not.toContain(id)
})

test('a restored thread of a backup stays if its deletion waited for the storage until after the backup', async () => {
  await using backup = await backupFolder()
  const server = await start()
  const { thread_id } = await clientOfPerson(server.url, ada).threads.create()
  // Its restore is in a file that is older than what is read.
  const at = new Date(Date.now() - 72 * 3_600_000).toISOString()
  await sql(database(), "UPDATE hadal.thread SET created_at = created_at - interval '100 hours' WHERE thread_id = $1", [
    thread_id,
  ])
  await writeLog(backup.target, -71, [{ pseudonym: pseudonymOf(thread_id), kind: 'restored' }])
  await writeLog(backup.target, 0, [{ pseudonym: pseudonymOf(thread_id), at }])
  await applied(database(), backup.target, await now(database()))
  expect(await threadIds(database())).toContain(thread_id)
})

test('a log of many files is applied with the lines of a few files in memory', async () => {
  await using backup = await backupFolder()
  const server = await start()
  const { thread_id } = await clientOfPerson(server.url, ada).threads.create()
  const since = await now(database())
  const [files, lines] = [60, 500]
  for (let file = 1; file <= files; file += 1)
    await writeLog(
      backup.target,
      file,
      Array.from({ length: lines }, () => ({})),
    )
  await writeLog(backup.target, files + 1, [{ pseudonym: pseudonymOf(thread_id) }])
  let [read, applying, mostWaiting] = [0, 0, 0]
  const target: BackupTarget = {
    ...backup.target,
    readAll(path) {
      read += 1
      return backup.target.readAll(path)
    },
  }
  const result = await withClient(database(), async (client) => {
    await client.query('BEGIN')
    const counted: Queryable = {
      query(text, values) {
        if (text.includes('INSERT INTO logged_deletion')) applying += 1
        mostWaiting = Math.max(mostWaiting, read - applying)
        return client.query(text, values)
      },
    }
    const done = await applyDeletions(counted, target, since)
    await client.query('COMMIT')
    return done
  })
  expect(result).toEqual({ threads: 1, users: 0 })
  expect([read, applying]).toEqual([files + 1, files + 1])
  expect(mostWaiting).toBeLessThan(16)
})
