import { fieldCountBytes, fieldLengthBytes, uuidBytes } from '../copy-format.ts'
import type { Block, TableOfBackup } from '../manifest.ts'
import type { OpenedBackup } from '../open-backup.ts'
import { textOf } from '../table-blocks.ts'

/** Rows of some threads in one table of a backup, in PostgreSQL's binary COPY format. */
export interface RowsOfThreads {
  readonly rows: readonly Buffer[]
  /** Ids of the rows' runs and threads: values of the columns `run_id` and `thread_id`, if the table has them. */
  readonly ids: readonly { readonly run_id?: string | undefined; readonly thread_id?: string | undefined }[]
}

/**
 * Reads the rows of some threads from the blocks that may have them.
 *
 * @param threads ids of the threads
 * @param runs ids of the threads' runs: rows of a table without a column `thread_id` are those of these runs
 * @param onBytes called with the number of stored bytes after each block
 */
export async function rowsOfThreads(
  backup: OpenedBackup,
  table: TableOfBackup,
  threads: ReadonlySet<string>,
  runs: ReadonlySet<string>,
  onBytes: (bytes: number) => void,
): Promise<RowsOfThreads> {
  const places = {
    thread_id: table.columns.findIndex(({ name }) => name === 'thread_id'),
    run_id: table.columns.findIndex(({ name }) => name === 'run_id'),
  }
  const rows: Buffer[] = []
  const ids: { run_id?: string | undefined; thread_id?: string | undefined }[] = []
  for (const block of blocksOfThreads(backup, table.name, threads)) {
    for (const row of splitRows(await backup.read(block), table)) {
      const thread_id = valueAt(row, places.thread_id)
      const run_id = valueAt(row, places.run_id)
      if (places.thread_id < 0 ? runs.has(run_id ?? '') : threads.has(thread_id ?? '')) {
        // A copy, so that the block is not kept in memory.
        rows.push(Buffer.from(row))
        ids.push({ run_id, thread_id })
      }
    }
    onBytes(block.bytes)
  }
  return { rows, ids }
}

/** Returns the blocks of a table that may have rows of some threads. */
export const blocksOfThreads = (backup: OpenedBackup, table: string, threads: ReadonlySet<string>): Block[] =>
  backup.blocksOf(table).filter((block) => mayHave(block, threads))

function mayHave(block: Block, threads: ReadonlySet<string>): boolean {
  const { threads: range } = block
  if (range === null) return false
  for (const id of threads) if (id >= range.first && id <= range.last) return true
  return false
}

/** Splits the bytes of a block into its rows. */
function* splitRows(bytes: Buffer, table: TableOfBackup): Generator<Buffer> {
  let begin = 0
  while (begin < bytes.length) {
    let end = begin + fieldCountBytes
    for (let fields = bytes.readInt16BE(begin); fields > 0; fields -= 1) {
      end += fieldLengthBytes + Math.max(bytes.readInt32BE(end), 0)
    }
    if (bytes.readInt16BE(begin) !== table.columns.length)
      throw new Error(
        `A row of ${table.name} has ${bytes.readInt16BE(begin)} fields instead of ${table.columns.length}: the backup is damaged.`,
      )
    yield bytes.subarray(begin, end)
    begin = end
  }
}

/** Returns the id in a field of a row, which is a uuid or a text; undefined for NULL or without the field. */
function valueAt(row: Buffer, place: number): string | undefined {
  if (place < 0) return undefined
  let at = fieldCountBytes
  for (let field = 0; field < place; field += 1) at += fieldLengthBytes + Math.max(row.readInt32BE(at), 0)
  const length = row.readInt32BE(at)
  if (length < 0) return undefined
  const value = row.subarray(at + fieldLengthBytes, at + fieldLengthBytes + length)
  return length === uuidBytes ? textOf(value) : value.toString()
}
