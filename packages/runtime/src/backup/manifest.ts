import { z } from 'zod'

/** Version of the form of backups. A program reads backups of its own and of earlier versions. */
export const backupFormat = 1

/** Name of the file that makes a backup complete. It is written last. */
export const manifestFile = 'manifest.json'

/** Pattern of the id of a backup, with the parts of its time. */
export const backupIdPattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{8}$/

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.int().min(0)

/** A table in a backup. */
export const TableOfBackup = z.strictObject({
  /** Name with schema, such as `hadal.run`. */
  name: z.string(),
  /** Columns in the order of the rows' fields, each with its type as PostgreSQL writes it. */
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  rows: Count,
  blocks: Count,
})
export type TableOfBackup = z.infer<typeof TableOfBackup>

/** A part of a table: rows in PostgreSQL's binary COPY format, compressed, and encrypted if the backup is. */
export const Block = z.strictObject({
  /** Name of the table with schema. */
  table: z.string(),
  /** File of the backup, position of the block's first byte, and number of its bytes. */
  file: z.string(),
  offset: Count,
  bytes: Count,
  /** SHA-256 of these bytes. */
  sha256: Sha256,
  rows: Count,
  /** Number of the bytes of the rows. */
  plainBytes: Count,
  /** Ids of the threads of the first and last row, in the order of uuids; null for a table without threads. PostgreSQL accepts ids without a version. */
  threads: z.strictObject({ first: z.guid(), last: z.guid() }).nullable(),
})
export type Block = z.infer<typeof Block>

/** List of all blocks of a backup: a file of its own, compressed, and encrypted if the backup is. */
export const BlockList = z.array(Block)

/** Content of the file {@link manifestFile}: plain JSON without data of threads. */
export const Manifest = z.strictObject({
  format: z.int().min(1),
  /** Name of the backup: time of its snapshot and a random part, such as `20261130T021500Z-9f86d081`. Names sort by time. */
  id: z.string().regex(backupIdPattern),
  /** When the snapshot was taken, by the clock of the database. */
  snapshotAt: z.iso.datetime(),
  /** When the last block was written, by the clock of the database. */
  endedAt: z.iso.datetime(),
  /** Number of the newest migration of the database. */
  schemaVersion: z.int().min(1),
  /** Version of the server's program. */
  program: z.string(),
  /** Version of PostgreSQL, such as `18.4`. */
  postgres: z.string(),
  /** age recipients that can decrypt the backup; empty for a backup that is not encrypted. */
  recipients: z.array(z.string()),
  /** Ids of the keys of `ENCRYPTION_KEY` that encrypt stored values in the backup. */
  sealingKeys: z.array(z.string()),
  tables: z.array(TableOfBackup),
  /** The list of blocks: its file, and number and SHA-256 of its bytes. */
  blocks: z.strictObject({ file: z.string(), bytes: Count, sha256: Sha256 }),
})
export type Manifest = z.infer<typeof Manifest>
