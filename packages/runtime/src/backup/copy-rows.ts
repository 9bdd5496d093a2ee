import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { RowSplitter } from './row-splitter.ts'

/**
 * Reads the rows of a query in PostgreSQL's binary COPY format. The connection waits while `onChunk` does, so memory stays bounded.
 *
 * @param onRow called for each row with its bytes, which are valid during the call only
 * @param onChunk called after the rows of a chunk of the connection
 * @throws Error if the rows end early
 */
export async function copyRows(
  client: pg.ClientBase,
  query: string,
  onRow: (row: Buffer) => void,
  onChunk: () => Promise<void> = async () => {},
): Promise<void> {
  const splitter = new RowSplitter()
  for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
    splitter.push(chunk, onRow)
    await onChunk()
  }
  splitter.end()
}
