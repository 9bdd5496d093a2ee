import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { migratedTo } from '../../store/queries/migrated-to.ts'
import { requireCompleteDatabase } from '../../store/queries/unfinished-restore.ts'
import { findDeletedThreads } from '../deletions/find-deleted-threads.ts'
import type { Manifest, TableOfBackup } from '../manifest.ts'
import { type OpenedBackup, openBackup } from '../open-backup.ts'
import { type SettledRestore, settleRestored } from '../settle/settle-restored.ts'
import { tableClasses } from '../table-classes.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { connectForRestore } from './connect-for-restore.ts'
import { writeRows } from './load-tables.ts'
import { requireColumns } from './require-columns.ts'
import type { RestoreOptions } from './restore-database.ts'
import { blocksOfThreads, type RowsOfThreads, rowsOfThreads } from './rows-of-threads.ts'
import { raiseSequences } from './set-sequences.ts'
import { whyNotRestored } from './why-not-restored.ts'

export interface RestoreThreadsOptions extends Omit<RestoreOptions, 'verifyHashes'> {
  /** Ids of the threads. */
  readonly threads: readonly string[]
  /** Whether threads are restored that were deleted after the backup. */
  readonly deleted?: boolean
}

/** Result of a restore of threads. */
export interface ThreadsReport {
  readonly restoreId: string
  readonly manifest: Manifest
  /** Number of restored rows. */
  readonly rows: number
  /** Ids of assistants of restored runs that the database does not have. */
  readonly missingAssistants: readonly string[]
  readonly settled: SettledRestore
}

/** Table whose rows outlive their thread: a living database may still have them. */
const ledger = 'hadal.approval_event'

/**
 * Restores threads of a backup into a living database, in one transaction: servers see either nothing or all of it. Rows of other threads, and what does
 * not belong to threads (items, assistants, keys, amounts of tenants), stay as they are.
 *
 * @throws Error with one sentence that says why nothing was restored
 */
export async function restoreThreads(options: RestoreThreadsOptions): Promise<ThreadsReport> {
  const threads = new Set(options.threads.map((id) => id.toLowerCase()))
  const backup = await openBackup(options)
  await using opened = new AsyncDisposableStack()
  const client = await connectForRestore(options.database)
  opened.defer(() => client.end())
  await requireCompleteDatabase(client)
  await requireSameSchema(client, backup.manifest)
  await client.query('BEGIN')
  try {
    const report = await insert(client, backup, threads, options)
    await client.query(options.dryRun ? 'ROLLBACK' : 'COMMIT')
    return report
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new Error(`${whyNotRestored(error)} Nothing was restored.`, { cause: error })
  }
}

async function insert(
  client: pg.Client,
  backup: OpenedBackup,
  threads: ReadonlySet<string>,
  { target, onProgress, signal, dryRun = false, deleted = false }: RestoreThreadsOptions,
): Promise<ThreadsReport> {
  const { manifest } = backup
  await requireColumns(client, manifest)
  const tables = manifest.tables.filter(({ name }) => belongsToThreads(name))
  const allBytes = tables
    .flatMap(({ name }) => blocksOfThreads(backup, name, threads))
    .reduce((sum, block) => sum + block.bytes, 0)
  let bytes = 0
  const onBytes = (more: number): void => {
    signal?.throwIfAborted()
    bytes += more
    onProgress({ step: 'write rows', bytes, allBytes })
  }
  await requireAbsent(client, threads)
  const runs = new Set<string>()
  let rows = 0
  for (const table of tables) {
    const found = await rowsOfThreads(backup, table, threads, runs, onBytes)
    if (table.name === 'hadal.thread') requireThreads(manifest, threads, found)
    if (table.name === 'hadal.run') for (const { run_id } of found.ids) if (run_id !== undefined) runs.add(run_id)
    rows += await insertRows(client, table, found.rows)
  }
  if (!deleted) await requireNotDeleted(client, target, manifest, threads)
  // The value of a sequence is not rolled back.
  if (!dryRun) await raiseSequences(client, [...threads])
  const restoreId = randomUUID()
  await client.query(
    `INSERT INTO hadal.restore (restore_id, backup_id, snapshot_at, threads, ended_at) VALUES ($1, $2, $3, $4, clock_timestamp())`,
    [restoreId, manifest.id, manifest.snapshotAt, threads.size],
  )
  const settled = await settleRestored(client, {
    restoreId,
    snapshotAt: new Date(manifest.snapshotAt),
    threads: [...threads],
  })
  return { restoreId, manifest, rows, missingAssistants: await missingAssistants(client, [...threads]), settled }
}

function belongsToThreads(table: string): boolean {
  const entry = tableClasses[table]
  return entry?.class === 'kept' && entry.thread !== undefined
}

/** @throws Error if the database has another schema than the backup */
async function requireSameSchema(client: pg.Client, { id, schemaVersion }: Manifest): Promise<void> {
  const found = await migratedTo(client)
  if (found === schemaVersion) return
  throw new Error(
    found < schemaVersion
      ? `Backup ${id} has schema version ${schemaVersion}, and the database ${found}. Run "hadal-runtime migrate" first.`
      : `Backup ${id} has schema version ${schemaVersion}, and the database ${found}: threads are not migrated one by one. Restore the backup into an empty database, which migrates it; take a backup of that database with another BACKUP_TARGET, and restore the threads from there.`,
  )
}

/** @throws Error if a thread exists */
async function requireAbsent(client: pg.Client, threads: ReadonlySet<string>): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT thread_id AS id FROM hadal.thread WHERE thread_id = ANY ($1) ORDER BY 1',
    [[...threads]],
  )
  if (rows.length === 0) return
  throw new Error(
    `The database has ${listed(rows.map(({ id }) => id))}. A restore replaces no thread: delete it first, or leave it out of --threads.`,
  )
}

/** @throws Error if the backup lacks a thread */
function requireThreads({ id, snapshotAt }: Manifest, threads: ReadonlySet<string>, found: RowsOfThreads): void {
  const has = new Set(found.ids.map(({ thread_id }) => thread_id))
  const missing = [...threads].filter((thread) => !has.has(thread))
  if (missing.length === 0) return
  throw new Error(
    `Backup ${id} of ${snapshotAt} does not have ${listed(missing)}. "hadal-runtime backup list" shows the other backups; choose one with --backup.`,
  )
}

/** @throws Error if a restored thread was deleted after the backup */
async function requireNotDeleted(
  client: pg.Client,
  target: BackupTarget,
  { id, snapshotAt }: Manifest,
  threads: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await client.query<{ threadId: string; createdAt: Date }>(
    'SELECT thread_id AS "threadId", created_at AS "createdAt" FROM hadal.thread WHERE thread_id = ANY ($1)',
    [[...threads]],
  )
  const deleted = await findDeletedThreads(client, target, new Date(snapshotAt), rows)
  if (deleted.length === 0) return
  throw new Error(
    `${listed(deleted).replace('t', 'T')} of backup ${id} ${deleted.length === 1 ? 'was' : 'were'} deleted after it. Leave them out of --threads, or add --deleted if a person may have them back: the log of deletions also names the threads of deleted users.`,
  )
}

const listed = (ids: readonly string[]): string => `the thread${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`

/** Writes rows of a table. @returns the number of rows that were written */
async function insertRows(client: pg.Client, table: TableOfBackup, rows: readonly Buffer[]): Promise<number> {
  if (rows.length === 0) return 0
  if (table.name !== ledger) {
    await writeRows(client, table, toStream(rows), [{ rows: rows.length }])
    return rows.length
  }
  // Rows get new numbers: a database that was restored before may use theirs for other rows.
  const columns = table.columns.map(({ name }) => client.escapeIdentifier(name))
  const numbered = columns.filter((column) => column !== '"sequence"').join(', ')
  await client.query(
    `CREATE TEMP TABLE restored_row ON COMMIT DROP AS SELECT ${columns.join(', ')} FROM ${ledger} WITH NO DATA`,
  )
  await writeRows(client, table, toStream(rows), [{ rows: rows.length }], 'restored_row')
  const { rowCount } = await client.query(
    `INSERT INTO ${ledger} (${numbered}) SELECT ${numbered} FROM restored_row AS restored
     WHERE NOT EXISTS (SELECT FROM ${ledger} AS living WHERE living.digest = restored.digest AND living.event = restored.event
       AND living.at = restored.at AND living.tenant = restored.tenant)
     ORDER BY sequence ON CONFLICT DO NOTHING`,
  )
  return rowCount ?? 0
}

async function* toStream(rows: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* rows
}

/** Returns the ids of assistants that restored runs name and that the database does not have. */
async function missingAssistants(client: pg.Client, threads: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT assistant_id AS id FROM hadal.run AS run WHERE thread_id = ANY ($1) AND NOT EXISTS (
       SELECT FROM hadal.assistant WHERE assistant.tenant = run.tenant AND assistant.assistant_id = run.assistant_id) ORDER BY 1`,
    [threads],
  )
  return rows.map(({ id }) => id)
}
