import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { migrationLock } from './migration-lock.ts'
import { lockWaitMs, retryWhileLocked } from './retry-while-locked.ts'
import { type Queryable, transaction } from './transaction.ts'

/** Table of the vectors of items, if it can be used. */
export type VectorTable =
  | {
      /** Schema of the extension pgvector, as a quoted SQL identifier. */ readonly schema: string
      readonly reason?: never
    }
  | { readonly schema?: never /** Why there is no table. */; readonly reason: string }

const betweenTriesMs = 200

/** Returns the vectors' table of a database; undefined if there is none, or if it lost its column with the extension. */
async function findTable(database: Queryable): Promise<{ schema: string; dims: number } | undefined> {
  const { rows } = await database.query<{ schema: string; dims: number }>(
    `SELECT quote_ident(nspname) AS schema, atttypmod AS dims
     FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid JOIN pg_namespace ON pg_namespace.oid = typnamespace
     WHERE attrelid = to_regclass('hadal.store_vector') AND attname = 'embedding' AND NOT attisdropped`,
  )
  return rows[0]
}

async function hasExtension(database: Queryable): Promise<boolean> {
  const { rowCount } = await database.query("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
  return rowCount === 1
}

/** Statements that create the table. A table without its column is left of an extension that was dropped. */
const createTable = (schema: string, dims: number): string => `
  DROP TABLE IF EXISTS hadal.store_vector;
  CREATE TABLE hadal.store_vector (
    tenant text NOT NULL,
    owner text,
    namespace text[] NOT NULL,
    key text NOT NULL,
    -- Number of the text within the item, from 1.
    part integer NOT NULL,
    model text NOT NULL,
    -- updated_at of the item whose text was embedded. The vector of an older item is not used: a server without semantic search replaces only the item.
    item_updated_at timestamptz NOT NULL,
    embedding ${schema}.vector(${dims}) NOT NULL,
    PRIMARY KEY (tenant, namespace, key, part),
    FOREIGN KEY (tenant, namespace, key) REFERENCES hadal.store_item ON DELETE CASCADE
  );
  ALTER TABLE hadal.store_vector ENABLE ROW LEVEL SECURITY`

/** Creates the extension and the table in a transaction, unless another process did. Undefined if another process migrates. */
async function tryToCreate(pool: pg.Pool, dims: number): Promise<'created' | 'busy'> {
  return transaction(pool, async (client) => {
    const { rows: locks } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [
      migrationLock,
    ])
    if (!locks[0]?.locked) return 'busy'
    if (await findTable(client)) return 'created'
    await client.query(`SET LOCAL lock_timeout = ${lockWaitMs}`)
    await client.query('CREATE EXTENSION IF NOT EXISTS vector')
    const { rows } = await client.query<{ schema: string }>(
      "SELECT quote_ident(nspname) AS schema FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'",
    )
    await client.query(createTable(rows[0]?.schema ?? 'public', dims))
    return 'created'
  })
}

const isForbidden = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '42501'

/**
 * Returns the table of the vectors, and creates it if the database has pgvector. Several processes may call it at the same time.
 *
 * @throws Error if the table has vectors of other dimensions
 */
export async function openVectorTable(pool: pg.Pool, dims: number): Promise<VectorTable> {
  let table = await findTable(pool)
  if (!table) {
    if (!(await hasExtension(pool))) {
      return { reason: 'the database has no extension pgvector ("vector"). Install it, and restart the server' }
    }
    try {
      while ((await retryWhileLocked(() => tryToCreate(pool, dims))) === 'busy') await pause(betweenTriesMs)
    } catch (error) {
      if (!isForbidden(error)) throw error
      const why = error instanceof Error ? error.message : String(error)
      return {
        reason: `the role of the server may not create the extension pgvector ("vector") and its table: ${why}. Execute CREATE EXTENSION vector as a superuser, then "hadal-runtime migrate", and restart the server`,
      }
    }
    table = await findTable(pool)
  }
  if (!table) return { reason: 'the table hadal.store_vector was dropped. Restart the server' }
  if (table.dims !== dims) {
    throw new Error(
      `store.index.dims in langgraph.json is ${dims}, but the vectors in the database have ${table.dims} dimensions. Set dims to ${table.dims}. Or execute DROP TABLE hadal.store_vector, which deletes all vectors: items then get new ones when they are put again.`,
    )
  }
  return { schema: table.schema }
}
