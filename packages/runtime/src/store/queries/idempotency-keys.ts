import type { Scope } from '../scope.ts'
import type { Queryable } from '../transaction.ts'

/** The request that an idempotency key belongs to, and the runs that it created. */
export interface KeyRow {
  readonly request_hash: string
  readonly run_ids: readonly string[]
}

type KeyScope = Pick<Scope, 'tenant' | 'owner'>

/**
 * Returns the stored form of an idempotency key. It begins with the user, because the primary key has no owner, and two users may choose the same key.
 * A client's key has no space, so the forms of different users differ.
 */
const storedKey = ({ owner }: KeyScope, key: string): string => (owner === null ? key : `${owner} ${key}`)

/**
 * Stores an idempotency key of a user, or replaces an expired one. Waits for the end of another transaction that stores the same key.
 *
 * @returns whether the key was free
 */
export async function claimKey(
  database: Queryable,
  scope: KeyScope,
  key: {
    readonly key: string
    readonly hash: string
    readonly runIds: readonly string[]
    readonly hours: number
  },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `INSERT INTO hadal.idempotency_key AS kept (tenant, owner, key, request_hash, run_ids, expires_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 hour')
     ON CONFLICT (tenant, key) DO UPDATE
       SET request_hash = excluded.request_hash, run_ids = excluded.run_ids, expires_at = excluded.expires_at
       WHERE kept.expires_at <= clock_timestamp()`,
    [scope.tenant, scope.owner, storedKey(scope, key.key), key.hash, key.runIds, key.hours],
  )
  return rowCount === 1
}

export async function findKey(database: Queryable, scope: KeyScope, key: string): Promise<KeyRow | undefined> {
  const { rows } = await database.query<KeyRow>(
    `SELECT request_hash, run_ids FROM hadal.idempotency_key
     WHERE tenant = $1 AND owner IS NOT DISTINCT FROM $2 AND key = $3`,
    [scope.tenant, scope.owner, storedKey(scope, key)],
  )
  return rows[0]
}

/** Deletes up to `most` expired idempotency keys of all tenants. @returns number of deleted keys */
export async function deleteExpiredKeys(database: Queryable, most: number): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM hadal.idempotency_key WHERE (tenant, key) IN (
       SELECT tenant, key FROM hadal.idempotency_key WHERE expires_at <= clock_timestamp()
       ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [most],
  )
  return rowCount ?? 0
}
