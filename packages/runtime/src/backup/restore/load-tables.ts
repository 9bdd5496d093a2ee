import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyEnd, copyHeader } from '../copy-format.ts'
import type { Block, TableOfBackup } from '../manifest.ts'
import type { OpenedBackup } from '../open-backup.ts'
import { BlocksAhead } from './blocks-ahead.ts'
import { inParallel } from './in-parallel.ts'

/** Number of blocks that one statement writes, so that several connections share a large table. */
const blocksPerStatement = 16

interface Part {
  readonly table: TableOfBackup
  readonly blocks: readonly Block[]
}

/**
 * Writes the rows of all tables of a backup, over several connections at the same time.
 *
 * @param onBytes called with the number of stored bytes after each block
 * @throws Error if the database has written another number of rows
 */
export async function loadTables(
  clients: readonly pg.Client[],
  backup: OpenedBackup,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const parts = backup.manifest.tables.flatMap((table): Part[] => {
    const blocks = backup.blocksOf(table.name)
    const starts = Array.from(
      { length: Math.ceil(blocks.length / blocksPerStatement) },
      (_, i) => i * blocksPerStatement,
    )
    return starts.map((start) => ({ table, blocks: blocks.slice(start, start + blocksPerStatement) }))
  })
  const bytesOf = ({ blocks }: Part): number => blocks.reduce((sum, { plainBytes }) => sum + plainBytes, 0)
  await inParallel(
    clients,
    parts.toSorted((a, b) => bytesOf(b) - bytesOf(a)),
    (client, { table, blocks }) => writeRows(client, table, rowsOf(backup, blocks, onBytes), () => rowsIn(blocks)),
  )
}

const rowsIn = (blocks: readonly Block[]): number => blocks.reduce((sum, { rows }) => sum + rows, 0)

/**
 * Writes rows to a table.
 *
 * @param expected returns the number of rows after all were read
 * @param into table that gets the rows; default: the table itself
 * @throws Error if the database has written another number of rows
 */
export async function writeRows(
  client: pg.Client,
  table: TableOfBackup,
  rows: AsyncIterable<Buffer>,
  expected: () => number,
  into = table.name,
): Promise<void> {
  const columns = table.columns.map(({ name }) => client.escapeIdentifier(name)).join(', ')
  const copy = client.query(copyFrom(`COPY ${into} (${columns}) FROM STDIN (FORMAT binary)`))
  await pipeline(Readable.from(withFrame(rows), { objectMode: true, highWaterMark: 1 }), copy)
  if (copy.rowCount !== expected()) {
    throw new Error(
      `The database wrote ${copy.rowCount} of ${expected()} rows of ${table.name}: the backup is damaged. "hadal-runtime backup list" shows the others; choose one with --backup.`,
    )
  }
}

async function* withFrame(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield copyHeader
  yield* rows
  yield copyEnd
}

/** Reads the rows of blocks in their order. */
async function* rowsOf(
  backup: OpenedBackup,
  blocks: readonly Block[],
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const reader = new BlocksAhead(backup, blocks, 1)
  for (const block of blocks) {
    yield await reader.next()
    onBytes(block.bytes)
  }
}
