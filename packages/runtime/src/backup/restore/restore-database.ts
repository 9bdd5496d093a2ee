import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { connectionAsPool } from '../../store/connection-as-pool.ts'
import type { DatabaseRoles } from '../../store/grant-roles.ts'
import { buildLargeIndexes, lockMigrations, migrateTables, secureTables } from '../../store/migrate-tables.ts'
import { restoreTable } from '../../store/migrations/0026-restores.ts'
import { migrations } from '../../store/migrations/migrations.ts'
import { beginRestore } from '../../store/queries/restores.ts'
import { unfinishedRestore } from '../../store/queries/unfinished-restore.ts'
import { rollAudit } from '../../store/roll-audit.ts'
import { openVectorTable } from '../../store/vector-table.ts'
import { removeCanary } from '../canary/remove-canary.ts'
import type { AppliedDeletions } from '../deletions/apply-deletions.ts'
import type { Manifest } from '../manifest.ts'
import { type OpenedBackup, openBackup } from '../open-backup.ts'
import { type SettledDatabase, settleDatabase } from '../settle/settle-database.ts'
import type { SettledRestore } from '../settle/settle-restored.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { connectForRestore, type DatabaseOfRestore } from './connect-for-restore.ts'
import { putBack, takeOff } from './deferred-schema.ts'
import { dropTables, type EmptyDatabase, requireEmptyDatabase } from './empty-database.ts'
import { loadTables } from './load-tables.ts'
import { requireColumns } from './require-columns.ts'
import { requireVectors, vectorDims } from './require-vectors.ts'
import { setSequences } from './set-sequences.ts'
import { verifyHashes } from './verify-hashes.ts'
import { whyNotRestored } from './why-not-restored.ts'

/** Number of connections that write rows and build indexes at the same time. */
const connections = 2

const newestVersion = migrations.at(-1)?.version

/** Progress of a restore. */
export interface RestoreProgress {
  readonly step: 'write rows' | 'build indexes' | 'verify rows' | 'settle'
  /** Number of the stored bytes that were read so far, and of all. */
  readonly bytes: number
  readonly allBytes: number
}

export interface RestoreOptions {
  readonly database: DatabaseOfRestore
  readonly target: BackupTarget
  /** Name of the backup. Default: the newest one. */
  readonly backupId?: string | undefined
  /** age identities, of which one suffices. */
  readonly identities: readonly string[]
  readonly onProgress: (progress: RestoreProgress) => void
  /** Whether the hash of each thread's restored rows is compared with the backup. */
  readonly verifyHashes?: boolean
  /** Whether the canary's run is restored, which only restore drills need. */
  readonly keepsCanary?: boolean
  /** Whether everything is checked, also the rows of the backup, and nothing is restored. */
  readonly dryRun?: boolean
  /** Gives the restore up. */
  readonly signal?: AbortSignal | undefined
}

/** Result of a restore. */
export interface RestoreReport {
  /** Undefined after a dry run. */
  readonly restoreId: string | undefined
  readonly manifest: Manifest
  /** Number of restored rows. */
  readonly rows: number
  /** Number of the threads whose hashes were compared; undefined if none were. */
  readonly verifiedThreads: number | undefined
  /** Names of the migrations that were applied after the rows were written. */
  readonly migrated: readonly string[]
  /** Threads and users that were deleted after the backup, and again by the restore; undefined after a dry run. */
  readonly deleted: AppliedDeletions | undefined
  /** What the restore changed in the rows of the backup; undefined after a dry run. */
  readonly settled: SettledRestore | undefined
}

/**
 * Restores a whole backup into an empty database: nothing, or only migrated tables without rows. Until the last step the database is marked as not
 * complete: servers and migrations refuse it. After a failure its tables are dropped; a process that was killed leaves a database that the next restore
 * begins anew.
 *
 * @throws Error with one sentence that says why nothing was restored
 */
export async function restoreDatabase(options: RestoreOptions): Promise<RestoreReport> {
  const backup = await openBackup(options)
  await using opened = new AsyncDisposableStack()
  const clients: pg.Client[] = []
  for (let number = 0; number < connections; number += 1) {
    const client = await connectForRestore(options.database)
    opened.defer(() => client.end())
    clients.push(client)
  }
  const [client] = clients
  if (!client) throw new Error('No connection was opened.')
  await lockMigrations(client)
  const before = await requireEmptyDatabase(client)
  await requireVectors(client, backup.manifest, {
    name: 'the database',
    remedy: 'Install it, or restore into a database that has it.',
  })
  if (options.dryRun) return await readRows(backup, options)
  const extension = await hasVectorExtension(client)
  try {
    return await fill(clients, client, backup, before, options)
  } catch (error) {
    const undone = await undo(client, before, extension, options.database.roles).then(
      () => 'Nothing was restored.',
      () => 'The database is marked as not complete: run the restore again, which begins anew.',
    )
    throw new Error(`${whyNotRestored(error)} ${undone}`, { cause: error })
  }
}

const bytesOf = (backup: OpenedBackup): number =>
  backup.manifest.tables.flatMap(({ name }) => backup.blocksOf(name)).reduce((sum, { bytes }) => sum + bytes, 0)
const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0)

/** Reads all rows of a backup, and restores none. */
async function readRows(backup: OpenedBackup, { onProgress, signal }: RestoreOptions): Promise<RestoreReport> {
  const { manifest } = backup
  const allBytes = bytesOf(backup)
  let bytes = 0
  for (const block of manifest.tables.flatMap(({ name }) => backup.blocksOf(name))) {
    signal?.throwIfAborted()
    await backup.read(block)
    bytes += block.bytes
    onProgress({ step: 'verify rows', bytes, allBytes })
  }
  return {
    restoreId: undefined,
    manifest,
    rows: rowsOf(manifest),
    verifiedThreads: undefined,
    migrated: [],
    deleted: undefined,
    settled: undefined,
  }
}

async function fill(
  clients: readonly pg.Client[],
  client: pg.Client,
  backup: OpenedBackup,
  before: EmptyDatabase,
  {
    database: { roles },
    target,
    onProgress,
    verifyHashes: verifies = false,
    keepsCanary = false,
    signal,
  }: RestoreOptions,
): Promise<RestoreReport> {
  const { manifest } = backup
  const restoreId = randomUUID()
  const allBytes = bytesOf(backup)
  let bytes = 0
  const report = (step: RestoreProgress['step']): void => {
    signal?.throwIfAborted()
    onProgress({ step, bytes, allBytes })
  }
  if (before.hasTables) await dropTables(client)
  await migrateTables(client, manifest.schemaVersion)
  const dims = vectorDims(manifest)
  if (dims !== undefined) await createVectorTable(client, manifest, dims)
  await client.query(restoreTable)
  await secureTables(client, roles)
  await beginRestore(client, { restoreId, backupId: manifest.id, snapshotAt: new Date(manifest.snapshotAt) })
  await requireColumns(client, manifest)
  const tables = manifest.tables.map(({ name }) => name)
  const schema = await takeOff(client, tables)
  report('write rows')
  await loadTables(clients, backup, (more) => {
    bytes += more
    report('write rows')
  })
  await setSequences(client)
  report('build indexes')
  await putBack(clients, schema, manifest.schemaVersion === newestVersion)
  if (verifies) report('verify rows')
  const verifiedThreads = verifies ? await verifyHashes(clients, backup) : undefined
  const migrated = await migrateTables(client)
  await rollAudit(client, undefined)
  await buildLargeIndexes(client)
  await secureTables(client, roles)
  report('settle')
  const { deleted, settled } = await complete(client, target, restoreId, manifest, keepsCanary)
  return { restoreId, manifest, rows: rowsOf(manifest), verifiedThreads, migrated, deleted, settled }
}

/** The last transaction of a restore, after which the database is complete. */
async function complete(
  client: pg.Client,
  target: BackupTarget,
  restoreId: string,
  { id, snapshotAt }: Manifest,
  keepsCanary: boolean,
): Promise<SettledDatabase> {
  await client.query('BEGIN')
  if (!keepsCanary) await removeCanary(client)
  const done = await settleDatabase(client, { restoreId, snapshotAt: new Date(snapshotAt), target })
  if ((await unfinishedRestore(client)) !== undefined) {
    throw new Error(
      `Backup ${id} is of a database whose own restore had not ended, so it is not complete. Choose another one with --backup.`,
    )
  }
  await client.query('COMMIT')
  return done
}

/** Drops what a failed restore has written, and brings back the empty tables that the database had. */
async function undo(
  client: pg.Client,
  { hasTables, schemaVersion }: EmptyDatabase,
  hadExtension: boolean,
  roles: DatabaseRoles | undefined,
): Promise<void> {
  await client.query('ROLLBACK')
  await dropTables(client)
  if (!hadExtension) await client.query('DROP EXTENSION IF EXISTS vector')
  if (!hasTables || schemaVersion === 0) return
  await migrateTables(client, schemaVersion)
  if (schemaVersion === newestVersion) await rollAudit(client, undefined)
  await buildLargeIndexes(client)
  await secureTables(client, roles)
}

/** @throws Error if the role of the restore may not create the extension pgvector */
async function createVectorTable(client: pg.Client, { id }: Manifest, dims: number): Promise<void> {
  const { reason } = await openVectorTable(connectionAsPool(client), dims)
  if (reason === undefined) return
  const { rows } = await client.query<{ role: string; name: string }>(
    'SELECT current_user AS role, current_database() AS name',
  )
  throw new Error(
    `Backup ${id} has vectors of the store's items, and the role ${rows[0]?.role} may not create the extension pgvector ("vector") in the database ${rows[0]?.name}. Execute CREATE EXTENSION vector in it as a superuser and restore again, or restore with the role of a superuser.`,
  )
}

async function hasVectorExtension(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM pg_extension WHERE extname = 'vector'")
  return rowCount === 1
}
