import type { Role } from '@hadal/platform/access'
import { channel, notifyPayload } from '../notifications.ts'
import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'

/** An API key without its text, which is stored nowhere. */
export interface KeyRow {
  readonly key_id: string
  readonly tenant: string
  /** User who signs in with the key. */
  readonly owner: string
  readonly name: string
  readonly roles: readonly Role[]
  /** SHA-256 of the key. */
  readonly hash: Buffer
  readonly created_at: Date
  readonly expires_at: Date
  readonly revoked_at: Date | null
  /** Time of the restore of the database after which no operator has confirmed the key yet. */
  readonly unconfirmed_since: Date | null
  /** Time of a use of the key. It is updated at most once per hour. */
  readonly last_used_at: Date | null
  /** Id of the key that this key replaces. */
  readonly replaces: string | null
  /** Milliseconds until the key expires by the clock of the database; negative if it has expired. */
  readonly lives_ms: number
  /** Whether `last_used_at` is due to be updated. */
  readonly use_is_old: boolean
}

const columns = `key_id, tenant, owner, name, roles, hash, created_at, expires_at, revoked_at, unconfirmed_since, last_used_at, replaces,
  (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS lives_ms,
  (last_used_at IS NULL OR last_used_at < now() - interval '1 hour') AS use_is_old`

const find = settingTenant(`SELECT ${columns} FROM hadal.find_api_keys_v1($1)`)
const recordUse = settingTenant('SELECT hadal.record_api_key_use_v1($1, $2)')

/** Returns the keys with the given ids, of every tenant: the tenant of a request is known only after its key was found. */
export async function findKeys(database: Queryable, ids: readonly string[]): Promise<readonly KeyRow[]> {
  const { rows } = await database.query<KeyRow>(find, [ids])
  return rows
}

/** Records the use of a key. */
export async function recordKeyUse(database: Queryable, tenant: string, id: string): Promise<void> {
  await database.query(recordUse, [tenant, id])
}

export async function listKeys(database: Queryable, tenant: string): Promise<readonly KeyRow[]> {
  const { rows } = await database.query<KeyRow>(
    `SELECT ${columns} FROM hadal.api_key WHERE tenant = $1 ORDER BY created_at, key_id`,
    [tenant],
  )
  return rows
}

export interface NewKey {
  readonly id: string
  readonly hash: Buffer
  readonly tenant: string
  readonly user: string
  readonly name: string
  readonly roles: readonly Role[]
  /** How long the key is valid, in seconds. */
  readonly seconds: number
  /** Id of the key that this key replaces. */
  readonly replaces?: string
}

/** Inserts an API key. @returns the time when it expires */
export async function insertKey(database: Queryable, key: NewKey): Promise<Date> {
  const { rows } = await database.query<{ expires_at: Date }>(
    `INSERT INTO hadal.api_key (key_id, hash, tenant, owner, name, roles, expires_at, replaces)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8) RETURNING expires_at`,
    [key.id, key.hash, key.tenant, key.user, key.name, key.roles, key.seconds, key.replaces ?? null],
  )
  const [row] = rows
  if (!row) throw new Error(`The API key ${key.id} was not stored. This is a bug in Hadal.`)
  return row.expires_at
}

/** Lets a key expire after a number of seconds, unless it expires before. @returns the time when it expires; undefined if there is no such key */
export async function shortenKey(
  database: Queryable,
  tenant: string,
  id: string,
  seconds: number,
): Promise<Date | undefined> {
  const { rows } = await database.query<{ expires_at: Date }>(
    `UPDATE hadal.api_key SET expires_at = least(expires_at, now() + make_interval(secs => $3))
     WHERE tenant = $1 AND key_id = $2 RETURNING expires_at`,
    [tenant, id, seconds],
  )
  return rows[0]?.expires_at
}

export async function revokeKey(database: Queryable, tenant: string, id: string): Promise<void> {
  await database.query(
    'UPDATE hadal.api_key SET revoked_at = coalesce(revoked_at, now()) WHERE tenant = $1 AND key_id = $2',
    [tenant, id],
  )
}

/** Returns the number of keys that wait for a confirmation after a restore, and their tenants in order. Revoked and expired keys don't count. */
export async function unconfirmedKeys(database: Queryable): Promise<{ keys: number; tenants: readonly string[] }> {
  const { rows } = await database.query<{ keys: number; tenants: string[] }>(
    `SELECT count(*)::int AS keys, coalesce(array_agg(DISTINCT tenant ORDER BY tenant), '{}') AS tenants FROM hadal.api_key
     WHERE unconfirmed_since IS NOT NULL AND revoked_at IS NULL AND expires_at > now()`,
  )
  return rows[0] ?? { keys: 0, tenants: [] }
}

/**
 * Confirms a key after a restore; without an id all keys of all tenants. Revoked and expired keys stay as they are.
 *
 * @returns number of keys that were not confirmed before, and that are valid now
 */
export async function confirmKeys(database: Queryable, id: string | undefined): Promise<number> {
  const { rowCount } = await database.query(
    `UPDATE hadal.api_key SET unconfirmed_since = NULL
     WHERE unconfirmed_since IS NOT NULL AND revoked_at IS NULL AND expires_at > now() AND ($1::text IS NULL OR key_id = $1)`,
    [id ?? null],
  )
  return rowCount ?? 0
}

/** Notifies every server that keys have changed, at the commit of the transaction. */
export async function notifyOfKeys(database: Queryable): Promise<void> {
  await database.query('SELECT pg_notify($1, $2)', [channel, notifyPayload({ kind: 'keys' })])
}

/** Returns the number of valid keys of all tenants that expire within a number of days and that no newer key replaces. */
export async function expiringKeys(database: Queryable, days: number): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM hadal.api_key AS key
     WHERE revoked_at IS NULL AND expires_at > now() AND expires_at < now() + make_interval(days => $1)
       AND NOT EXISTS (SELECT 1 FROM hadal.api_key AS newer WHERE newer.tenant = key.tenant AND newer.replaces = key.key_id)`,
    [days],
  )
  return rows[0]?.count ?? 0
}
