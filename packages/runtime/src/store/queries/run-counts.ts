import type { Scope } from '../scope.ts'
import type { Queryable } from '../transaction.ts'

/** Maximum numbers of runs of a tenant, and of one user of it; null for no limit. */
export interface RunCounts {
  readonly perTenant: number | null
  readonly perUser: number | null
}

/** No limit of the runs of a tenant or of a user. */
export const unlimited: RunCounts = { perTenant: null, perUser: null }

/** Returns whose limit of waiting runs a further run would exceed; undefined if it would exceed none. */
export async function fullQueueOf(
  database: Queryable,
  { tenant, owner }: Pick<Scope, 'tenant' | 'owner'>,
  { perTenant, perUser }: RunCounts,
): Promise<'tenant' | 'user' | undefined> {
  if (perTenant === null && perUser === null) return undefined
  const { rows } = await database.query<{ whose: 'tenant' | 'user' | null }>(
    'SELECT hadal.full_queue_v1($1, $2, $3, $4) AS whose',
    [tenant, owner, perTenant, perUser],
  )
  return rows[0]?.whose ?? undefined
}
