import { migrations } from '../store/migrations/migrations.ts'
import { type BlockDecoder, createBlockDecoder, sha256 } from './block-codec.ts'
import { createBufferCollector } from './collect-buffers.ts'
import { findNewestBackup } from './find-backups.ts'
import { type Block, BlockList, backupFormat, Manifest, manifestFile, type TableOfBackup } from './manifest.ts'
import { hashesOf } from './table-blocks.ts'
import { tableClasses } from './table-classes.ts'
import type { BackupTarget } from './targets/backup-target.ts'

/** A backup that can be restored: it is complete, it can be decrypted, and this program knows its form. */
export interface OpenedBackup {
  readonly manifest: Manifest
  /** Blocks of a table in the order of its rows. @param name such as `hadal.run` or `hadal.run#hashes` */
  blocksOf(name: string): readonly Block[]
  /**
   * Reads the rows of a block.
   *
   * @throws Error with one sentence if the block is damaged
   */
  read(block: Block): Promise<Buffer>
}

export interface OpenBackupOptions {
  readonly target: BackupTarget
  /** Name of the backup. Default: the newest one. */
  readonly backupId?: string | undefined
  /** age identities, of which one suffices; none for a backup that is not encrypted. */
  readonly identities: readonly string[]
}

/**
 * Opens a backup, and checks everything that can be checked without reading its rows: its form, its schema, the identities, and that all of its files
 * have all of their bytes.
 *
 * @throws Error with one sentence that says why the backup can't be restored and what to do
 */
export async function openBackup({ target, backupId, identities }: OpenBackupOptions): Promise<OpenedBackup> {
  const manifest = await findBackup(target, backupId)
  const { id } = manifest
  const newest = migrations.at(-1)?.version ?? 0
  if (manifest.schemaVersion > newest) {
    throw new Error(
      `Backup ${id} has schema version ${manifest.schemaVersion}, and this program knows versions up to ${newest}. Use the program of version ${manifest.program} or a later one.`,
    )
  }
  const unknown = manifest.tables.filter(({ name }) => tableClasses[name]?.class !== 'kept')
  if (unknown.length > 0) {
    throw new Error(
      `Backup ${id} has rows of ${unknown.map(({ name }) => name).join(', ')}, which this program does not restore. Use the program of version ${manifest.program} or a later one.`,
    )
  }
  const isEncrypted = manifest.recipients.length > 0
  if (isEncrypted && identities.length === 0) {
    throw new Error(
      `Backup ${id} is encrypted for ${manifest.recipients.join(', ')}. Set BACKUP_IDENTITY_FILE to the file with the age identity of one of them, or BACKUP_IDENTITY.`,
    )
  }
  const decoder = await createBlockDecoder(isEncrypted ? identities : [])
  const blocks = await readBlockList(target, manifest, decoder)
  checkCounts(manifest, blocks)
  await checkFiles(target, manifest, blocks)
  const collectBuffers = createBufferCollector()
  const byTable = Map.groupBy(blocks, ({ table }) => table)
  return {
    manifest,
    blocksOf: (name) => byTable.get(name) ?? [],
    async read(block) {
      collectBuffers(block.plainBytes)
      const what = `The block at byte ${block.offset} of ${id}/${block.file}, rows of ${block.table},`
      const stored = await target.read(`${id}/${block.file}`, block)
      if (sha256(stored) !== block.sha256) throw damaged(`${what} has another SHA-256 than the backup's list`)
      const plain = await decoder.decode(stored, what, block.plainBytes)
      if (plain.length !== block.plainBytes)
        throw damaged(`${what} has ${plain.length} bytes instead of ${block.plainBytes}`)
      return plain
    },
  }
}

const damaged = (sentence: string): Error =>
  new Error(
    `${sentence}: the backup is damaged. "hadal-runtime backup list" shows the others; choose one with --backup.`,
  )

/** Pattern of the names of backups, and of their folders. */
const nameOfBackup = /\d{8}T\d{6}Z-[0-9a-f]{8}/

async function findBackup(target: BackupTarget, backupId: string | undefined): Promise<Manifest> {
  if (backupId !== undefined) return namedBackup(target, backupId)
  const { newest, unreadable } = await findNewestBackup(target)
  if (unreadable !== undefined)
    throw new Error(`${unreadable} It is the newest backup. To restore an older one, choose it with --backup.`)
  if (newest) return ofKnownFormat(newest.id, newest.format, newest)
  throw new Error(
    `There is no backup in ${target.address}. Check BACKUP_TARGET: it is the folder that contains the backups.`,
  )
}

async function namedBackup(target: BackupTarget, id: string): Promise<Manifest> {
  const path = `${id}/${manifestFile}`
  const content = new RegExp(`^${nameOfBackup.source}$`).test(id) ? await target.readAll(path) : undefined
  if (!content) {
    throw new Error(
      `There is no backup "${id}" in ${target.address}. "hadal-runtime backup list" shows those that exist.`,
    )
  }
  const read = parsed(content)
  const format = typeof read === 'object' && read !== null && 'format' in read ? read.format : undefined
  if (typeof format === 'number') ofKnownFormat(id, format, read)
  const manifest = Manifest.safeParse(read)
  if (!manifest.success || manifest.data.id !== id)
    throw damaged(`${path} in ${target.address} is not a valid manifest`)
  return manifest.data
}

/** @throws Error if the format of a backup is newer than this program */
function ofKnownFormat<Read>(id: string, format: number, read: Read): Read {
  if (format <= backupFormat) return read
  throw new Error(
    `Backup ${id} has format ${format}, and this program knows formats up to ${backupFormat}. Use the program of the release that wrote it, or a later one.`,
  )
}

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return undefined
  }
}

async function readBlockList(
  target: BackupTarget,
  { id, blocks, recipients }: Manifest,
  decoder: BlockDecoder,
): Promise<Block[]> {
  const what = `The list of blocks of backup ${id}`
  const stored = await target.read(`${id}/${blocks.file}`, { offset: 0, bytes: blocks.bytes })
  if (sha256(stored) !== blocks.sha256) throw damaged(`${what} has another SHA-256 than the manifest`)
  const plain = await decoder.decode(
    stored,
    recipients.length === 0 ? what : `${what}, which is encrypted for ${recipients.join(', ')},`,
  )
  const list = BlockList.safeParse(parsed(plain))
  if (!list.success) throw damaged(`${what} is not valid`)
  return list.data
}

/** @throws Error if the list lacks blocks or rows that the manifest has */
function checkCounts({ id, tables }: Manifest, blocks: readonly Block[]): void {
  const names = new Set(tables.flatMap(({ name }) => [name, hashesOf(name)]))
  const surplus = blocks.find(({ table }) => !names.has(table))
  if (surplus)
    throw damaged(`The list of blocks of backup ${id} has blocks of ${surplus.table}, which the manifest does not name`)
  for (const table of tables) {
    const own = blocks.filter((block) => block.table === table.name)
    const rows = own.reduce((sum, block) => sum + block.rows, 0)
    if (own.length !== table.blocks || rows !== table.rows) throw damaged(missing(id, table, own.length, rows))
  }
}

const missing = (id: string, { name, rows, blocks }: TableOfBackup, hasBlocks: number, hasRows: number): string =>
  `The list of blocks of backup ${id} has ${hasBlocks} blocks with ${hasRows} rows of ${name}, and the manifest ${blocks} with ${rows}`

/** @throws Error that names a file that is missing or cut */
async function checkFiles(target: BackupTarget, { id }: Manifest, blocks: readonly Block[]): Promise<void> {
  const files = await target.list(`${id}/`)
  const bytesOf = new Map(files.map(({ path, bytes }) => [path, bytes]))
  for (const { file, offset, bytes } of blocks) {
    const has = bytesOf.get(`${id}/${file}`)
    if (has === undefined) throw damaged(`${id}/${file} is missing in ${target.address}`)
    if (has < offset + bytes) throw damaged(`${id}/${file} in ${target.address} ends after ${has} bytes: it is cut`)
  }
}
