import type { Queryable } from '../transaction.ts'

/** A user of a tenant. */
export interface User {
  readonly tenant: string
  readonly user: string
}

/** Tables whose rows belong to users, without those that belong to a run or thread of the same user. */
const owned = ['thread', 'run', 'store_item', 'assistant', 'assistant_version', 'api_key', 'user_spending'] as const

/** SQL for the users who have rows and no pseudonym. */
const usersWithout = `(${owned
  .map((table) => `SELECT tenant, owner FROM hadal.${table} WHERE owner <> ''`)
  .join(' UNION ')} EXCEPT SELECT tenant, owner FROM hadal.pseudonym)`

/** Creates the missing pseudonyms of all users. */
export async function createPseudonyms(database: Queryable): Promise<void> {
  await database.query(
    `INSERT INTO hadal.pseudonym (tenant, owner) SELECT tenant, owner FROM ${usersWithout} AS missing ON CONFLICT DO NOTHING`,
  )
}

/** Returns the number of users who have rows and no pseudonym. */
export async function countWithoutPseudonym(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${usersWithout} AS missing`,
  )
  return rows[0]?.count ?? 0
}

/** Returns the pseudonym of a user, which is created if there is none. */
export async function pseudonymOf(database: Queryable, { tenant, user }: User): Promise<string> {
  const { rows } = await database.query<{ pseudonym: string }>('SELECT hadal.pseudonym_v1($1, $2)::text AS pseudonym', [
    tenant,
    user,
  ])
  return rows[0]?.pseudonym ?? ''
}

/** Creates the pseudonym of a user who has none, on a connection of any tenant. */
export async function createPseudonym(database: Queryable, { tenant, user }: User): Promise<void> {
  await database.query("SELECT hadal.pseudonym_v1($1, $2) FROM set_config('hadal.tenant', $1, true) AS tenant", [
    tenant,
    user,
  ])
}
