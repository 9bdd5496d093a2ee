import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { dumpDatabase } from '../../fixtures/every-column.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import type { Manifest } from '../manifest.ts'
import { tableClasses } from '../table-classes.ts'
import { takeBackup } from '../take-backup.ts'
import { directoryTarget } from '../targets/directory-target.ts'
import { restoreThreads } from './restore-threads.ts'

const living = createDatabase()
/** A database with threads and numbers of its own. */
const other = createDatabase()
const servers: TestServer[] = []
let backup: Awaited<ReturnType<typeof backupFolder>>
let server: TestServer
let deleted: string
let kept: string
let manifest: Manifest

const input = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })
const contents = async (of: TestServer, threadId: string): Promise<string[]> => {
  const { values } = await of.client.threads.getState<{ messages: { content: string }[] }>(threadId)
  return values.messages.map(({ content }) => content)
}
const sql = (url: string, text: string, values: unknown[] = []) =>
  withClient(url, async (client) => (await client.query(text, values)).rows)

/** Rows of the tables of threads that name a thread, or do not. Rows by its run are those of the thread. */
async function rowsOf(url: string, threadId: string, ofThread: boolean): Promise<Record<string, string[]>> {
  const runs = (await sql(url, 'SELECT run_id::text FROM hadal.run WHERE thread_id = $1', [threadId])).map(
    ({ run_id }) => String(run_id),
  )
  const names = [threadId, ...runs]
  const tables = await withClient(url, dumpDatabase)
  const relevant = tables.filter(
    ({ name }) => !['hadal.restore', 'hadal.deletion', 'hadal.instance'].includes(name) && !/audit|pgboss/.test(name),
  )
  return Object.fromEntries(
    relevant.map(({ name, rows }) => [
      name,
      rows.filter((row) => names.some((id) => row.includes(id)) === ofThread).toSorted(),
    ]),
  )
}

const ledgerRow = `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, decision, actor, runs_digest)
  VALUES ($1, repeat('a', 64), 'default', $2, 'place', 'tool', now() + interval '1 day', $3, $4, $5)`

beforeAll(async () => {
  backup = await backupFolder()
  server = await startTestServer(living())
  servers.push(server)
  const ids: string[] = []
  for (let number = 0; number < 12; number += 1) {
    const { thread_id } = await server.client.threads.create({ metadata: { number } })
    await server.client.runs.wait(thread_id, 'echo', input(`first of ${number}`))
    ids.push(thread_id)
  }
  // Rows that fill several blocks, so that a block has a few threads only.
  await sql(
    living(),
    `INSERT INTO hadal.run_event (run_id, sequence, event, data)
     SELECT run_id, 1000, 'values', run_id || (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 40000) AS n) FROM hadal.run`,
  )
  ;[deleted = '', kept = ''] = ids
  await server.client.runs.wait(deleted, 'echo', input('second'))
  await sql(living(), ledgerRow, ['asked', deleted, null, null, null])
  await sql(living(), ledgerRow, ['decided', deleted, 'approve', 'client', 'b'.repeat(64)])
  const database = { url: living(), tls: undefined }
  ;({ manifest } = await takeBackup({ database, target: backup.target, recipients: [], onProgress: () => {} }))
})
afterAll(async () => {
  for (const one of servers) await one.drain()
  await backup[Symbol.asyncDispose]()
})

const restore = (url: string, threads: string[], more: { deleted?: boolean; dryRun?: boolean } = {}) =>
  restoreThreads({
    database: { url, tls: undefined },
    target: backup.target,
    backupId: manifest.id,
    identities: [],
    onProgress: () => {},
    threads,
    ...more,
  })

/** All rows of the tables that a restore writes. Servers work, so their own tables change. */
const keptRows = async (url: string) =>
  (await withClient(url, dumpDatabase))
    .filter(({ name }) => tableClasses[name]?.class === 'kept')
    .map(({ name, rows }) => ({ name, rows: rows.toSorted() }))

async function expectRefusal(work: () => Promise<unknown>, sentence: RegExp, url: string = living()): Promise<void> {
  const before = await keptRows(url)
  await expect(work()).rejects.toThrow(sentence)
  expect(await keptRows(url)).toEqual(before)
}

test('a table of the backup has several blocks, and a restore reads those with the thread', () =>
  expect(manifest.tables.find(({ name }) => name === 'hadal.run_event')?.blocks).toBeGreaterThan(2))

test('refuses a thread that exists, and one that the backup does not have', async () => {
  await expectRefusal(
    () => restore(living(), [kept]),
    /The database has the thread .*A restore replaces no thread.*Nothing was restored\./,
  )
  // The first and the last id are outside of the ranges of all blocks.
  for (const unknown of ['00000000-0000-4000-8000-000000000000', randomUUID(), 'ffffffff-ffff-4fff-bfff-ffffffffffff'])
    await expectRefusal(
      () => restore(living(), [unknown]),
      new RegExp(`does not have the thread ${unknown}.*backup list`),
    )
})

test('refuses a backup of another schema', async () => {
  const [name = ''] = readdirSync(backup.folder).filter((entry) => entry.startsWith('2'))
  const path = join(backup.folder, name, 'manifest.json')
  const before = readFileSync(path, 'utf8')
  try {
    writeFileSync(path, JSON.stringify({ ...manifest, schemaVersion: manifest.schemaVersion - 1 }))
    await expectRefusal(
      () => restore(living(), [kept]),
      /schema version \d+, and the database \d+: threads are not migrated one by one/,
    )
  } finally {
    writeFileSync(path, before)
  }
})

test('a thread that was deleted after the backup needs --deleted; it then comes back as it was, and nothing else changes', async () => {
  const rows = await rowsOf(living(), deleted, true)
  await server.client.threads.delete(deleted)
  const others = await rowsOf(living(), deleted, false)
  await expectRefusal(() => restore(living(), [deleted]), /was deleted after it.*--deleted/)

  expect(await restore(living(), [deleted], { deleted: true, dryRun: true })).toMatchObject({
    manifest: { id: manifest.id },
  })
  expect(await rowsOf(living(), deleted, false)).toEqual(others)

  const report = await restore(living(), [deleted], { deleted: true })
  expect(report.missingAssistants).toEqual([])
  const found = await rowsOf(living(), deleted, true)
  // The deletion left its own entry in the ledger, which stays. Settling sets the time of the last use.
  for (const table of Object.keys(rows).filter((name) => !['hadal.thread', 'hadal.approval_event'].includes(name))) {
    expect([table, found[table]]).toEqual([table, rows[table]])
  }
  expect(found['hadal.approval_event']).toEqual(expect.arrayContaining(rows['hadal.approval_event'] ?? []))
  expect(await rowsOf(living(), deleted, false)).toEqual(others)
})

test('a server that works meanwhile shows the restored thread and continues it', async () => {
  expect(await contents(server, deleted)).toEqual(['first of 0', 'You said: first of 0', 'second', 'You said: second'])
  await server.client.runs.wait(deleted, 'echo', input('third'))
  expect((await contents(server, deleted)).at(-1)).toBe('You said: third')
})

test('a second restore of the same thread is refused, so there are no duplicates', () =>
  expectRefusal(() => restore(living(), [deleted], { deleted: true }), /The database has the thread/))

test('a thread is restored into a database with other threads and numbers, and its next checkpoint is the newest', async () => {
  const foreign = await startTestServer(other())
  servers.push(foreign)
  const { thread_id } = await foreign.client.threads.create()
  await foreign.client.runs.wait(thread_id, 'echo', input('of the other'))
  // The numbers of the ledger are taken by rows of another thread.
  await sql(other(), ledgerRow.replace("repeat('a', 64)", "repeat('c', 64)"), ['asked', thread_id, null, null, null])
  const report = await restore(other(), [deleted, kept])
  expect(report.rows).toBeGreaterThan(10)
  await foreign.client.runs.wait(deleted, 'echo', input('in the other'))
  expect((await contents(foreign, deleted)).at(-1)).toBe('You said: in the other')
  expect(await contents(foreign, thread_id)).toEqual(['of the other', 'You said: of the other'])
  const ledger = await sql(
    other(),
    'SELECT event, sequence::int FROM hadal.approval_event WHERE thread_id = $1 ORDER BY sequence',
    [deleted],
  )
  expect(ledger.map(({ event }) => event).slice(0, 2)).toEqual(['asked', 'decided'])
  expect(Number(ledger[0]?.sequence)).toBeGreaterThan(1)
})

test('a damaged block ends the restore of threads, and nothing of it is written', async () => {
  const [name = ''] = readdirSync(backup.folder).filter((entry) => entry.startsWith('2'))
  const folder = join(backup.folder, name)
  const file = join(folder, readdirSync(folder).find((entry) => entry.startsWith('data-')) ?? '')
  const before = readFileSync(file)
  const bytes = Buffer.from(before)
  // The last block is of a table after those of threads and runs.
  for (let at = 1_000_000; at < bytes.length; at += 1_000) bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
  try {
    writeFileSync(file, bytes)
    await sql(other(), 'DELETE FROM hadal.thread WHERE thread_id = $1', [kept])
    await expectRefusal(
      () => restore(other(), [kept], { deleted: true }),
      /the backup is damaged.*Nothing was restored/,
      other(),
    )
  } finally {
    writeFileSync(file, before)
  }
})

test('a target of another folder has no backup of these threads', () =>
  expectRefusal(
    () =>
      restoreThreads({
        database: { url: living(), tls: undefined },
        target: directoryTarget(join(backup.folder, 'nothing')),
        identities: [],
        onProgress: () => {},
        threads: [kept],
      }),
    /There is no backup in/,
  ))
