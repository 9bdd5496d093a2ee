import { retentionVersion } from '../migrations/0012-retention.ts'
import type { Queryable } from '../transaction.ts'
import type { TtlStrategy } from './due-threads.ts'
import type { OfThread } from './held-runs.ts'

/** Time without use, in minutes, after which a thread is deleted or loses the checkpoints that don't continue it. */
export interface ThreadTtl {
  readonly strategy: TtlStrategy
  readonly minutes: number
}

/** TTL of a thread with the time at which it is due. */
export interface DatedTtl extends ThreadTtl {
  readonly expiresAt: Date
}

/**
 * Returns the TTL of a thread: its own, or else the server's default; undefined if it has none.
 *
 * @param standard the server's default
 */
export async function findThreadTtl(
  database: Queryable,
  { tenant, threadId }: OfThread,
  standard: ThreadTtl | undefined,
): Promise<DatedTtl | undefined> {
  const { rows } = await database.query<{ strategy: TtlStrategy; minutes: number; expires_at: Date }>(
    `SELECT coalesce(ttl_strategy, $2) AS strategy, coalesce(ttl_minutes, $3::double precision) AS minutes,
       coalesce(expires_at, CASE WHEN ttl_minutes IS NOT NULL THEN updated_at
         ELSE greatest(updated_at, (SELECT applied_at FROM hadal.migration WHERE version = ${retentionVersion})) END
         + coalesce(ttl_minutes, $3::double precision) * interval '1 minute') AS expires_at
     FROM hadal.thread WHERE thread_id = $1 AND tenant = $4 AND NOT temporary AND coalesce(ttl_strategy, $2) IS NOT NULL`,
    [threadId, standard?.strategy ?? null, standard?.minutes ?? null, tenant],
  )
  const [row] = rows
  return row && { strategy: row.strategy, minutes: row.minutes, expiresAt: row.expires_at }
}
