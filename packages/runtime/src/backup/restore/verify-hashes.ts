import type pg from 'pg'
import { uuidBytes } from '../copy-format.ts'
import { copyRows } from '../copy-rows.ts'
import type { OpenedBackup } from '../open-backup.ts'
import { hashesOf, textOf } from '../table-blocks.ts'
import { readTableSources, type TableSource } from '../table-source.ts'
import { ThreadHashes, threadHashBytes } from '../thread-hashes.ts'
import { inParallel } from './in-parallel.ts'

/**
 * Compares the rows of each thread in a restored database with the hashes in its backup, over several connections at the same time.
 *
 * @returns the number of threads of the table with the most threads
 * @throws Error that names the table and the thread that differ
 */
export async function verifyHashes(clients: readonly pg.Client[], backup: OpenedBackup): Promise<number> {
  const [first] = clients
  if (!first) throw new Error('No connection was given.')
  const names = new Set(backup.manifest.tables.map(({ name }) => name))
  const sources = (await readTableSources(first)).filter(({ name, ofThreads }) => ofThreads && names.has(name))
  const counts: number[] = [0]
  await inParallel(clients, sources, async (client, source) => counts.push(await verifyTable(client, backup, source)))
  return Math.max(...counts)
}

async function verifyTable(client: pg.Client, backup: OpenedBackup, { name, query }: TableSource): Promise<number> {
  const expected = entriesOf(backup, name)
  const ended: Buffer[] = []
  const hashes = new ThreadHashes((entry) => ended.push(entry))
  let threads = 0
  const compare = async (): Promise<void> => {
    for (const found of ended.splice(0)) {
      const { value: wanted } = await expected.next()
      if (!wanted?.equals(found)) throw differs(name, found, wanted)
      threads += 1
    }
  }
  await copyRows(client, query, (row) => hashes.add(row), compare)
  hashes.end()
  await compare()
  const { value: surplus } = await expected.next()
  if (surplus) throw differs(name, surplus, undefined)
  return threads
}

/** Reads the entries of a table's hashes in the order of the threads. */
async function* entriesOf(backup: OpenedBackup, table: string): AsyncGenerator<Buffer, undefined> {
  for (const block of backup.blocksOf(hashesOf(table))) {
    const entries = await backup.read(block)
    for (let at = 0; at < entries.length; at += threadHashBytes) yield entries.subarray(at, at + threadHashBytes)
  }
}

function differs(table: string, found: Buffer, wanted: Buffer | undefined): Error {
  const ids = [found, wanted].flatMap((entry) => (entry ? [entry.subarray(0, uuidBytes)] : [])).toSorted(Buffer.compare)
  return new Error(
    `The restored rows of thread ${textOf(ids[0] ?? found)} in ${table} differ from those of the backup: their hashes are not equal.`,
  )
}
