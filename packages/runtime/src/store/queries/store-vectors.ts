import type { Queryable } from '../transaction.ts'
import type { ItemPlace } from './store-items.ts'

export interface ItemVectors extends ItemPlace {
  readonly model: string
  /** Schema of the extension pgvector, as a quoted SQL identifier. */
  readonly schema: string
  /** Vectors of the item's texts; empty if none is embedded. */
  readonly vectors: readonly (readonly number[])[]
}

/** Text form of a vector for pgvector. */
const vectorText = (vector: readonly number[]): string => `[${vector.join(',')}]`

/** Replaces the vectors of an item, in the transaction that writes the item. */
export async function replaceVectors(
  database: Queryable,
  tenant: string,
  { namespace, key, model, schema, vectors }: ItemVectors,
): Promise<void> {
  await database.query('DELETE FROM hadal.store_vector WHERE tenant = $1 AND namespace = $2::text[] AND key = $3', [
    tenant,
    namespace,
    key,
  ])
  if (vectors.length === 0) return
  await database.query(
    `INSERT INTO hadal.store_vector (tenant, owner, namespace, key, part, model, item_updated_at, embedding)
     SELECT item.tenant, item.owner, item.namespace, item.key, part.number, $4, item.updated_at, part.vector::${schema}.vector
     FROM hadal.store_item AS item, unnest($5::text[]) WITH ORDINALITY AS part (vector, number)
     WHERE item.tenant = $1 AND item.namespace = $2::text[] AND item.key = $3`,
    [tenant, namespace, key, model, vectors.map(vectorText)],
  )
}

/** A text as a vector, with which the vectors of items are compared. */
export interface NearVector {
  readonly vector: readonly number[]
  readonly model: string
  readonly schema: string
}

/**
 * Returns SQL for the score of the item in a row `item`: the cosine similarity of the nearest of its vectors, from -1 to 1; NULL for an item without
 * vectors. A vector of zeros has no direction, and scores 0.
 *
 * @param parameters parameters of the statement; the vector's are appended
 */
export function itemScore({ vector, model, schema }: NearVector, parameters: unknown[]): string {
  const near = `$${parameters.push(vectorText(vector))}::${schema}.vector`
  return `(SELECT CASE WHEN distance = 'NaN' THEN 0 ELSE 1 - distance END FROM (
       SELECT min(of_item.embedding OPERATOR(${schema}.<=>) ${near}) AS distance FROM hadal.store_vector AS of_item
       WHERE of_item.tenant = item.tenant AND of_item.namespace = item.namespace AND of_item.key = item.key
         AND of_item.model = $${parameters.push(model)} AND of_item.item_updated_at = item.updated_at) AS nearest)`
}

/** Whether the database has the table of the items' vectors. */
export async function hasVectorTable(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ has: boolean }>("SELECT to_regclass('hadal.store_vector') IS NOT NULL AS has")
  return rows[0]?.has ?? false
}

/** Deletes the vectors of all items, because they reveal the values of encrypted items. @returns number of deleted vectors */
export async function removeVectors(database: Queryable): Promise<number> {
  if (!(await hasVectorTable(database))) return 0
  const { rowCount } = await database.query('DELETE FROM hadal.store_vector')
  return rowCount ?? 0
}
