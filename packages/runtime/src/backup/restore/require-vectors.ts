import type pg from 'pg'
import type { Manifest } from '../manifest.ts'

/** Dimensions of the vectors in a backup; undefined if it has none. */
export function vectorDims({ tables }: Manifest): number | undefined {
  const type = tables
    .find(({ name }) => name === 'hadal.store_vector')
    ?.columns.find(({ name }) => name === 'embedding')?.type
  const dims = /vector\((\d+)\)$/.exec(type ?? '')?.[1]
  return dims === undefined ? undefined : Number(dims)
}

/** Where a backup is to be restored, in the words of the error. */
export interface VectorDestination {
  /** Such as `the database`. */
  readonly name: string
  /** What to do if it has no pgvector: a sentence. */
  readonly remedy: string
}

/** @throws Error with one sentence if a backup has vectors, and the server of its destination does not offer pgvector */
export async function requireVectors(
  client: pg.Client,
  manifest: Manifest,
  { name, remedy }: VectorDestination,
): Promise<void> {
  if (vectorDims(manifest) === undefined) return
  const { rowCount } = await client.query("SELECT FROM pg_available_extensions WHERE name = 'vector'")
  if (rowCount === 1) return
  throw new Error(
    `Backup ${manifest.id} has vectors of the store's items, and ${name} has no extension pgvector ("vector"). ${remedy}`,
  )
}
