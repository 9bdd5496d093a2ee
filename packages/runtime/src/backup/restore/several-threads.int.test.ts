import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { dumpDatabase } from '../../fixtures/every-column.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { tableClasses } from '../table-classes.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreThreads } from './restore-threads.ts'

const source = createDatabase()
const living = createDatabase()
let backup: Awaited<ReturnType<typeof backupFolder>>
let ids: string[] = []
/** Every second thread, so that the restored rows of a block are not consecutive. */
let wanted: string[] = []

beforeAll(async () => {
  backup = await backupFolder()
  const server = await startTestServer(source())
  const created: string[] = []
  for (let number = 0; number < 9; number += 1) {
    const { thread_id: threadId } = await server.client.threads.create({ metadata: { number } })
    created.push(threadId)
    // The last thread has rows in `hadal.thread` only.
    if (number < 8)
      await server.client.runs.wait(threadId, 'echo', { input: { messages: [{ role: 'user', content: `${number}` }] } })
  }
  await server.drain()
  ids = created.toSorted()
  wanted = ids.filter((_, index) => index % 2 === 0)
  await withClient(source(), async (client) => {
    // Rows of different sizes: several in a block, and one that is larger than a block.
    await client.query(
      `INSERT INTO hadal.run_event (run_id, sequence, event, data)
       SELECT run_id, 1000 + number, 'values', (SELECT string_agg(md5(run_id || ' ' || n), '') FROM generate_series(1, number * 1000) AS n)
       FROM hadal.run CROSS JOIN generate_series(1, 30) AS number`,
    )
    await client.query(
      `INSERT INTO hadal.run_event (run_id, sequence, event, data)
       SELECT run_id, 2000, 'values', (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 160000) AS n)
       FROM hadal.run WHERE thread_id = ANY ($1) ORDER BY thread_id LIMIT 1`,
      [wanted],
    )
    // Rows of a table whose run may be NULL.
    await client.query(
      `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at)
       SELECT 'asked', repeat(md5(thread_id::text), 2), 'default', thread_id, 'place', 'tool', now() + interval '1 day' FROM hadal.thread`,
    )
  })
  const database = { url: source(), tls: undefined }
  await takeBackup({ database, target: backup.target, recipients: [], onProgress: () => {} })
})
afterAll(() => backup[Symbol.asyncDispose]())

const restore = (threads: string[], more: { onProgress?: () => void; signal?: AbortSignal } = {}) =>
  restoreThreads({
    database: { url: living(), tls: undefined },
    target: backup.target,
    identities: [],
    threads,
    onProgress: () => {},
    ...more,
  })

/** Rows of the tables of threads. */
async function rowsOf(url: string): Promise<Record<string, string[]>> {
  const tables = await withClient(url, dumpDatabase)
  const ofThreads = tables.filter(({ name }) => {
    const entry = tableClasses[name]
    return entry?.class === 'kept' && entry.thread !== undefined
  })
  return Object.fromEntries(ofThreads.map(({ name, rows }) => [name, rows.toSorted()]))
}

const runsOf = (threads: string[]): Promise<string[]> =>
  withClient(source(), async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT run_id AS id FROM hadal.run WHERE thread_id = ANY ($1)',
      [threads],
    )
    return rows.map(({ id }) => id)
  })

test('an interrupt between the rows of a table rolls everything back, and says what stopped the restore', async () => {
  const stop = new AbortController()
  let blocks = 0
  const onProgress = (): void => {
    blocks += 1
    // The third block is one of `hadal.run_event`, in the middle of its COPY.
    if (blocks === 3) stop.abort(new Error('The command was stopped by SIGINT.'))
  }
  await expect(restore(wanted, { onProgress, signal: stop.signal })).rejects.toThrow(
    /^The command was stopped by SIGINT\. Nothing was restored\.$/,
  )
  expect(Object.values(await rowsOf(living())).flat()).toEqual([])
})

test('an interrupt ends a restore that waits for a lock of another connection', async () => {
  await withClient(living(), async (other) => {
    await other.query('BEGIN')
    await other.query('LOCK TABLE hadal.run_event IN SHARE MODE')
    const stop = new AbortController()
    const stopped = expect(restore(wanted, { signal: stop.signal })).rejects.toThrow(
      /^The command was stopped by SIGINT\. Nothing was restored\.$/,
    )
    // Another connection looks: a transaction sees the activity of its first look only.
    const waiting = () =>
      withClient(living(), async (client) => {
        const { rowCount } = await client.query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hadal restore' AND wait_event_type = 'Lock'",
        )
        return rowCount
      })
    await eventually(waiting, (count) => count === 1)
    stop.abort(new Error('The command was stopped by SIGINT.'))
    await stopped
    await other.query('ROLLBACK')
  })
  expect(Object.values(await rowsOf(living())).flat()).toEqual([])
}, 120_000)

test('a row that the database refuses ends the restore with its reason, and nothing is written', async () => {
  const alter = (change: string) =>
    withClient(living(), (client) => client.query(`ALTER TABLE hadal.run_event ${change}`))
  await alter('ADD CONSTRAINT small_numbers CHECK (sequence < 1000)')
  await expect(restore(wanted)).rejects.toThrow(/violates check constraint "small_numbers"\. Nothing was restored\.$/)
  expect(Object.values(await rowsOf(living())).flat()).toEqual([])
  await alter('DROP CONSTRAINT small_numbers')
})

test('restores all rows of every second thread, and none of the threads between them', async () => {
  const names = [...wanted, ...(await runsOf(wanted))]
  const before = await rowsOf(source())
  await restore(wanted.map((id) => id.toUpperCase()))
  const after = await rowsOf(living())
  for (const [table, rows] of Object.entries(before)) {
    // A restore sets the time of the last use, and the numbers of the ledger.
    if (['hadal.thread', 'hadal.approval_event'].includes(table)) continue
    expect([table, after[table]]).toEqual([table, rows.filter((row) => names.some((name) => row.includes(name)))])
  }
  expect(after['hadal.thread']).toHaveLength(wanted.length)
  expect(after['hadal.approval_event']).toHaveLength(wanted.length)
})
