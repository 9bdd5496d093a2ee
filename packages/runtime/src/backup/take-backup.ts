import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { databaseConnection, type VerifiedTls, whyNoConnection } from '../store/database-connection.ts'
import { DatabaseUnavailable } from '../store/database-pool.ts'
import { migrations } from '../store/migrations/migrations.ts'
import { countWithoutPseudonym, createPseudonyms } from '../store/queries/pseudonyms.ts'
import { unfinishedRestore } from '../store/queries/unfinished-restore.ts'
import { version } from '../store/version.ts'
import { BackupFiles } from './backup-files.ts'
import type { BackupProgress } from './backup-progress.ts'
import { type BlockEncoder, createBlockEncoder, sha256 } from './block-codec.ts'
import { copyRows } from './copy-rows.ts'
import { BlockList, backupFormat, Manifest, manifestFile, type TableOfBackup } from './manifest.ts'
import { BlockBuffers, TableBlocks } from './table-blocks.ts'
import { readTableSources, type TableSource } from './table-source.ts'
import type { BackupTarget } from './targets/backup-target.ts'

/** Name of the file with the list of blocks. */
const blocksFile = 'blocks'
/** Memory in which the database sorts rows of a table before it uses its disk. */
const sortMemory = '64MB'
/** Maximum number of snapshots until one has a pseudonym for each user. */
const mostSnapshots = 20
const insufficientPrivilege = '42501'

export interface BackupOptions {
  /** The database, with the role that owns its tables. The address must not be of a pooler. */
  readonly database: { readonly url: string; readonly tls: VerifiedTls | undefined }
  readonly target: BackupTarget
  /** age recipients (`age1…`); none for a backup that is not encrypted. */
  readonly recipients: readonly string[]
  onProgress(progress: BackupProgress): void
  /** Gives the backup up. */
  readonly signal?: AbortSignal
}

/**
 * Writes a backup of one moment of the database to a target: all rows of the kept tables, read in one snapshot while servers work. If it fails, its
 * files are deleted.
 *
 * @returns the manifest of the backup, and the size of its files in bytes
 * @throws Error with one sentence
 */
export async function takeBackup(options: BackupOptions): Promise<{ manifest: Manifest; bytes: number }> {
  const { database, recipients, signal } = options
  const encoder = await createBlockEncoder(recipients)
  signal?.throwIfAborted()
  const client = new pg.Client({
    ...databaseConnection(database.url, database.tls),
    application_name: 'hadal backup',
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
  })
  const end = (): void => void client.end().catch(() => {})
  signal?.addEventListener('abort', end)
  try {
    return await ofSnapshot(client, options, encoder)
  } catch (error) {
    signal?.throwIfAborted()
    throw await explained(error, database.url)
  } finally {
    signal?.removeEventListener('abort', end)
    await client.end().catch(() => {})
  }
}

async function ofSnapshot(
  client: pg.Client,
  { target, recipients, onProgress, signal }: BackupOptions,
  encoder: BlockEncoder,
): Promise<{ manifest: Manifest; bytes: number }> {
  const sources = await beginSnapshot(client)
  const { snapshotAt, ...database } = await describeDatabase(client)
  const id = `${snapshotAt.replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}-${randomBytes(4).toString('hex')}`
  const files = new BackupFiles(target, id, encoder)
  try {
    const buffers = new BlockBuffers()
    const tables: TableOfBackup[] = []
    let plainBytes = 0
    for (const [index, source] of sources.entries()) {
      const blocks = new TableBlocks(source, files, buffers)
      const report = (): void =>
        onProgress({
          table: source.name,
          number: index + 1,
          tables: sources.length,
          rows: blocks.rows,
          plainBytes: plainBytes + blocks.bytes,
          storedBytes: files.bytes,
        })
      await copyTable(client, source, blocks, report, signal)
      await compareCounts(client, source, blocks.rows)
      plainBytes += blocks.bytes
      report()
      tables.push({ name: source.name, columns: [...source.columns], rows: blocks.rows, blocks: blocks.blocks })
    }
    const list = await encoder.encode(Buffer.from(JSON.stringify(BlockList.parse(await files.end()))))
    await files.write(blocksFile, list)
    const manifest = Manifest.parse({
      format: backupFormat,
      id,
      snapshotAt,
      endedAt: await timeOf(client),
      ...database,
      program: version(),
      recipients,
      tables,
      blocks: { file: blocksFile, bytes: list.length, sha256: sha256(list) },
    })
    signal?.throwIfAborted()
    await files.write(manifestFile, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
    await client.query('COMMIT').catch(() => {})
    return { manifest, bytes: files.bytes }
  } catch (error) {
    await files.abandon()
    throw error
  }
}

/**
 * Begins the transaction whose snapshot is the backup. Each user in the snapshot has a pseudonym in it: a restore finds by pseudonyms who was deleted
 * after the backup.
 */
async function beginSnapshot(client: pg.Client): Promise<readonly TableSource[]> {
  for (let tries = 1; ; tries += 1) {
    const before = await readTableSources(client)
    if (!before.some(({ name }) => name === 'hadal.thread'))
      throw new Error('The database has no tables of Hadal. Check the address of the database.')
    const hasPseudonyms = before.some(({ name }) => name === 'hadal.pseudonym')
    if (hasPseudonyms) await createPseudonyms(client)
    const sources = await beginTransaction(client, before)
    if (!hasPseudonyms || (await countWithoutPseudonym(client)) === 0) return sources
    if (tries === mostSnapshots)
      throw new Error('New users appear faster than they get pseudonyms. Try again when the servers have less to do.')
    await client.query('ROLLBACK')
  }
}

/** Begins the transaction of the snapshot. Its locks are those of a reader: they keep only changes of the schema out. */
async function beginTransaction(client: pg.Client, before: readonly TableSource[]): Promise<readonly TableSource[]> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL row_security = off; SET LOCAL work_mem = '${sortMemory}'`)
  // LOCK takes no snapshot, so no change of the schema is between the snapshot of the first query and the locks.
  await client.query(`LOCK TABLE ${before.map(({ name }) => name).join(', ')} IN ACCESS SHARE MODE`)
  return readTableSources(client)
}

interface DescribedDatabase {
  readonly snapshotAt: string
  readonly schemaVersion: number
  readonly postgres: string
  readonly sealingKeys: readonly string[]
}

async function describeDatabase(client: pg.Client): Promise<DescribedDatabase> {
  const { rows } = await client.query<{ at: Date; version: number | null; postgres: string }>(
    // The transaction begins just before its snapshot, so every change that was committed before this time is in the backup.
    `SELECT transaction_timestamp() AS at, (SELECT max(version) FROM hadal.migration) AS version, current_setting('server_version') AS postgres`,
  )
  const [row] = rows
  const newest = migrations.at(-1)?.version ?? 0
  if (!row?.version) throw new Error('The table hadal.migration is empty. Run "hadal-runtime migrate".')
  if (row.version > newest)
    throw new Error(
      `The database has schema ${row.version}, and this program knows schemas up to ${newest}. Use the program of the database's release.`,
    )
  const unfinished = await unfinishedRestore(client)
  if (unfinished !== undefined)
    throw new Error(
      `The restore of backup ${unfinished} into this database has not ended, so the database is not complete. Drop it, and restore into an empty one.`,
    )
  return {
    snapshotAt: row.at.toISOString(),
    schemaVersion: row.version,
    postgres: row.postgres.split(' ')[0] ?? '',
    sealingKeys: await readSealingKeys(client),
  }
}

/** Returns the ids of the keys that encrypt stored values; none if the schema is older than their table. */
async function readSealingKeys(client: pg.Client): Promise<readonly string[]> {
  const { rows: tables } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('hadal.sealing_key') IS NOT NULL AS exists",
  )
  if (!tables[0]?.exists) return []
  const { rows } = await client.query<{ key_id: string }>('SELECT key_id FROM hadal.sealing_key ORDER BY key_id')
  return rows.map(({ key_id }) => key_id)
}

async function copyTable(
  client: pg.Client,
  source: TableSource,
  blocks: TableBlocks,
  report: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  await copyRows(client, source.query, blocks.addRow, async () => {
    await blocks.flush()
    report()
    signal?.throwIfAborted()
  })
  await blocks.end()
}

/** Compares the rows that were written with those of the table: a join that loses rows must not go unnoticed. */
async function compareCounts(client: pg.Client, { name }: TableSource, written: number): Promise<void> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${name}`)
  const count = Number(rows[0]?.count)
  if (count !== written)
    throw new Error(
      `${name} has ${count} rows, but ${written} were read. Rows without their run or thread are the reason.`,
    )
}

async function timeOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ at: Date }>('SELECT clock_timestamp() AS at')
  return (rows[0]?.at ?? new Date()).toISOString()
}

/** Adds what to do to an error of the database. */
async function explained(error: unknown, url: string): Promise<unknown> {
  if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) return error
  const { username, searchParams } = new URL(url)
  const role = decodeURIComponent(username) || searchParams.get('user') || 'of the address'
  return new Error(
    `The database role "${role}" may not read all rows: ${error.message}. Set DATABASE_OWNER_URL to the address with the role that owns the tables.`,
    { cause: error },
  )
}
