import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { schemaOfDatabase } from '../../fixtures/database-content.ts'
import { dumpDatabase } from '../../fixtures/every-column.ts'
import { recordGrants, testRoles } from '../../fixtures/server-addresses.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { migrate } from '../../store/migrate.ts'
import { tableClasses } from '../table-classes.ts'
import { takeBackup } from '../take-backup.ts'
import { directoryTarget } from '../targets/directory-target.ts'
import { type RestoreProgress, restoreDatabase } from './restore-database.ts'

const source = createDatabase()
const empty = createDatabase({ migrated: false })
const migrated = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-restore-'))
const target = directoryTarget(folder)
afterAll(() => rmSync(folder, { recursive: true }))

const of = (url: string) => ({ url, tls: undefined, roles: testRoles })
const kept = Object.entries(tableClasses).flatMap(([name, entry]) => (entry.class === 'kept' ? [name] : []))

/** Rows of the kept tables, without the records of the restore itself. */
const rowsOf = (url: string) =>
  withClient(url, async (client) =>
    (await dumpDatabase(client))
      .filter(({ name }) => kept.includes(name) && name !== 'hadal.restore')
      .map(({ name, rows }) => ({ name, rows: rows.filter((row) => !row.startsWith('restore.ended ')).toSorted() })),
  )
const schemaOf = (url: string) => withClient(url, schemaOfDatabase)

let threadId: string
let snapshotAt: string

beforeAll(async () => {
  const server = await startTestServer(source())
  const { client } = server
  const { thread_id } = await client.threads.create({ metadata: { kind: 'restored' } })
  threadId = thread_id
  await client.runs.wait(threadId, 'echo', { input: { messages: [{ role: 'user', content: 'before the backup' }] } })
  for (let number = 0; number < 20; number += 1) {
    await client.runs.wait(null, 'echo', { input: { messages: [{ role: 'user', content: `thread ${number}` }] } })
  }
  const asking = await client.threads.create()
  await client.runs.wait(asking.thread_id, 'questions', { input: {} }).catch(() => {})
  await client.store.putItem(['people', 'anna'], 'likes', { text: 'cats' })
  await server.drain()
  const { manifest } = await takeBackup({ database: of(source()), target, recipients: [], onProgress: () => {} })
  snapshotAt = manifest.snapshotAt
})

test('a restore into an empty database brings back every row of every kept table, and the schema of a migrated database', async () => {
  const progress: RestoreProgress[] = []
  const report = await restoreDatabase({
    database: of(empty()),
    target,
    identities: [],
    onProgress: (now) => progress.push(now),
    verifyHashes: true,
  })
  expect(await rowsOf(empty())).toEqual(await rowsOf(source()))
  expect(await schemaOf(empty())).toEqual(await schemaOf(source()))
  expect(report).toMatchObject({ migrated: [], manifest: { snapshotAt } })
  expect(report.verifiedThreads).toBeGreaterThan(20)
  const last = progress.at(-1)
  expect(last?.bytes).toBe(last?.allBytes)
})

test('a server of the restored database shows the threads of the backup and continues them', async () => {
  recordGrants(new URL(empty()).pathname.slice(1))
  const server = await startTestServer(empty())
  try {
    const { client } = server
    expect(await client.threads.get(threadId)).toMatchObject({ metadata: { kind: 'restored' }, status: 'idle' })
    await client.runs.wait(threadId, 'echo', { input: { messages: [{ role: 'user', content: 'after the restore' }] } })
    const { values } = await client.threads.getState<{ messages: { content: string }[] }>(threadId)
    expect(values.messages.map(({ content }) => content)).toEqual(
      expect.arrayContaining(['before the backup', 'after the restore']),
    )
    expect(await client.store.getItem(['people', 'anna'], 'likes')).toMatchObject({ value: { text: 'cats' } })
  } finally {
    await server.drain()
  }
})

test('a restore into a database that was only migrated replaces its tables', async () => {
  await restoreDatabase({ database: of(migrated()), target, identities: [], onProgress: () => {} })
  expect(await rowsOf(migrated())).toEqual(await rowsOf(source()))
  expect(await schemaOf(migrated())).toEqual(await schemaOf(source()))
  expect(await migrate(migrated(), undefined, undefined, testRoles)).toEqual([])
})
