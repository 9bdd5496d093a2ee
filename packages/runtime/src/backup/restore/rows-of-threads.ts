import { fieldCountBytes, fieldLengthBytes } from '../copy-format.ts'
import type { Block, TableOfBackup } from '../manifest.ts'
import type { OpenedBackup } from '../open-backup.ts'

/**
 * Returns ids of threads or runs as rows have them: the text of each and its 16 bytes, because a column has texts or uuids. Bytes are written in Latin-1,
 * one character each.
 *
 * @param ids uuids as texts in lower case
 */
export const idsInRows = (ids: Iterable<string>): Set<string> =>
  new Set([...ids].flatMap((id) => [id, Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1')]))

/** Returns the blocks of a table that may have rows of some threads. */
export const blocksOfThreads = (backup: OpenedBackup, table: string, threads: ReadonlySet<string>): Block[] =>
  backup.blocksOf(table).filter((block) => mayHave(block, threads))

function mayHave(block: Block, threads: ReadonlySet<string>): boolean {
  const { threads: range } = block
  if (range === null) return false
  for (const id of threads) if (id >= range.first && id <= range.last) return true
  return false
}

/** Rows of some threads in a block. */
export interface FoundRows {
  /** Bytes of the block that have the rows, in PostgreSQL's binary COPY format. */
  readonly bytes: readonly Buffer[]
  readonly rows: number
}

/**
 * Finds the rows of some threads in a block.
 *
 * @param threads ids of the threads, by {@link idsInRows}
 * @param runs ids of the threads' runs: rows of a table without a column `thread_id` are those of these runs. The runs of found rows are added
 * @throws Error if the rows of the block are not those of the table
 */
export function rowsOfThreads(
  block: Buffer,
  table: TableOfBackup,
  threads: ReadonlySet<string>,
  runs: Set<string>,
): FoundRows {
  const fields = table.columns.length
  const placeOfThread = table.columns.findIndex(({ name }) => name === 'thread_id')
  const placeOfRun = table.columns.findIndex(({ name }) => name === 'run_id')
  const found: Buffer[] = []
  let rows = 0
  let at = 0
  // Consecutive rows that are found begin here.
  let begin: number | undefined
  while (at < block.length) {
    const row = at
    if (block.readInt16BE(row) !== fields)
      throw new Error(
        `A row of ${table.name} has ${block.readInt16BE(row)} fields instead of ${fields}: the backup is damaged.`,
      )
    at += fieldCountBytes
    let thread = ''
    let run = ''
    for (let field = 0; field < fields; field += 1) {
      const from = at + fieldLengthBytes
      at = from + Math.max(block.readInt32BE(at), 0)
      if (field === placeOfThread) thread = block.toString('latin1', from, at)
      else if (field === placeOfRun) run = block.toString('latin1', from, at)
    }
    if (placeOfThread < 0 ? runs.has(run) : threads.has(thread)) {
      rows += 1
      begin ??= row
      if (run !== '') runs.add(run)
    } else if (begin !== undefined) {
      found.push(block.subarray(begin, row))
      begin = undefined
    }
  }
  if (begin !== undefined) found.push(block.subarray(begin, at))
  return { bytes: found, rows }
}
