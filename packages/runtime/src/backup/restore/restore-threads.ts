import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { recordRestoredThreads } from '../../store/queries/deletions.ts'
import { migratedTo } from '../../store/queries/migrated-to.ts'
import { requireCompleteDatabase } from '../../store/queries/unfinished-restore.ts'
import { findDeletedThreads } from '../deletions/find-deleted-threads.ts'
import type { Manifest, TableOfBackup } from '../manifest.ts'
import { type OpenedBackup, openBackup } from '../open-backup.ts'
import { type SettledRestore, settleRestored } from '../settle/settle-restored.ts'
import { tableClasses } from '../table-classes.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { BlocksAhead } from './blocks-ahead.ts'
import { connectForRestore } from './connect-for-restore.ts'
import { writeRows } from './load-tables.ts'
import { requireColumns } from './require-columns.ts'
import type { RestoreOptions } from './restore-database.ts'
import { blocksOfThreads, idsInRows, rowsOfThreads } from './rows-of-threads.ts'
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

/** Number of blocks that are read before the rows of earlier ones are written. */
const blocksAhead = 2
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
  // An interrupt ends the connection, so that no statement waits for a lock any more. The database then rolls the transaction back.
  const end = (): void => void client.end().catch(() => {})
  const { signal } = options
  signal?.throwIfAborted()
  signal?.addEventListener('abort', end)
  await client.query('BEGIN')
  try {
    const report = await insert(client, backup, threads, options)
    signal?.removeEventListener('abort', end)
    await client.query(options.dryRun ? 'ROLLBACK' : 'COMMIT')
    return report
  } catch (error) {
    signal?.removeEventListener('abort', end)
    await client.query('ROLLBACK').catch(() => {})
    throw new Error(`${whyNotRestored(signal?.aborted ? signal.reason : error)} Nothing was restored.`, {
      cause: error,
    })
  }
}

async function insert(
  client: pg.Client,
  backup: OpenedBackup,
  threads: ReadonlySet<string>,
  { target, onProgress, dryRun = false, deleted = false }: RestoreThreadsOptions,
): Promise<ThreadsReport> {
  const { manifest } = backup
  await requireColumns(client, manifest)
  await requireAbsent(client, threads)
  const parts = manifest.tables
    .filter(({ name }) => belongsToThreads(name))
    .map((table) => ({ table, blocks: blocksOfThreads(backup, table.name, threads) }))
  const blocks = parts.flatMap((part) => part.blocks)
  const allBytes = blocks.reduce((sum, block) => sum + block.bytes, 0)
  const reader = new BlocksAhead(backup, blocks, blocksAhead)
  const ids = idsInRows(threads)
  const runs = new Set<string>()
  let bytes = 0
  let rows = 0
  for (const { table, blocks: ofTable } of parts) {
    let found = 0
    const foundRows = async function* (): AsyncGenerator<Buffer> {
      for (const block of ofTable) {
        const inBlock = rowsOfThreads(await reader.next(), table, ids, runs)
        found += inBlock.rows
        yield* inBlock.bytes
        bytes += block.bytes
        onProgress({ step: 'write rows', bytes, allBytes })
      }
    }
    if (ofTable.length > 0) rows += await insertRows(client, table, foundRows(), () => found)
    if (table.name === 'hadal.thread' && found < threads.size) throw await missingThreads(client, manifest, threads)
  }
  if (!deleted) await requireNotDeleted(client, target, manifest, threads)
  // The value of a sequence is not rolled back.
  if (!dryRun) await raiseSequences(client, [...threads])
  await recordRestoredThreads(client, [...threads])
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

/** Error that names the threads which the backup does not have. */
async function missingThreads(
  client: pg.Client,
  { id, snapshotAt }: Manifest,
  threads: ReadonlySet<string>,
): Promise<Error> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM hadal.thread WHERE thread_id = id) ORDER BY id',
    [[...threads]],
  )
  return new Error(
    `Backup ${id} of ${snapshotAt} does not have ${listed(rows.map((row) => row.id))}. "hadal-runtime backup list" shows the other backups; choose one with --backup.`,
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

/**
 * Writes rows of a table.
 *
 * @param found returns the number of rows after all were read
 * @returns the number of rows that were written
 */
async function insertRows(
  client: pg.Client,
  table: TableOfBackup,
  rows: AsyncIterable<Buffer>,
  found: () => number,
): Promise<number> {
  if (table.name !== ledger) {
    await writeRows(client, table, rows, found)
    return found()
  }
  // Rows get new numbers: a database that was restored before may use theirs for other rows.
  const columns = table.columns.map(({ name }) => client.escapeIdentifier(name))
  const numbered = columns.filter((column) => column !== '"sequence"').join(', ')
  await client.query(
    `CREATE TEMP TABLE restored_row ON COMMIT DROP AS SELECT ${columns.join(', ')} FROM ${ledger} WITH NO DATA`,
  )
  await writeRows(client, table, rows, found, 'restored_row')
  const { rowCount } = await client.query(
    `INSERT INTO ${ledger} (${numbered}) SELECT ${numbered} FROM restored_row AS restored
     WHERE NOT EXISTS (SELECT FROM ${ledger} AS living WHERE living.digest = restored.digest AND living.event = restored.event
       AND living.at = restored.at AND living.tenant = restored.tenant)
     ORDER BY sequence ON CONFLICT DO NOTHING`,
  )
  return rowCount ?? 0
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
