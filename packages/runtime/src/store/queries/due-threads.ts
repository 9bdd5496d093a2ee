import { retentionVersion } from '../migrations/0012-retention.ts'
import { isPrunable, prunableSince } from '../migrations/large-indexes.ts'
import type { Queryable } from '../transaction.ts'

/** What happens to a thread whose time is over: it is deleted, or only the checkpoints that don't continue it are removed. */
export const ttlStrategies = ['delete', 'keep_latest'] as const
export type TtlStrategy = (typeof ttlStrategies)[number]

/** A rule that decides which threads are due. */
export interface DueRule {
  /** SQL condition of a thread that is due. Its parameter `$1` is {@link amount}. */
  readonly where: string
  /** SQL expression for the time at which a thread became due. */
  readonly dueAt: string
  /** SQL expression whose order is that of an index. */
  readonly orderBy: string
  /** Number of minutes of the rule; 0 if each thread has its own. */
  readonly amount: number
}

const minutes = "($1::double precision * interval '1 minute')"
/** Upgrading deletes nothing early: a thread that existed before counts as used when the migration was applied. */
const migratedBefore = `(SELECT applied_at FROM hadal.migration WHERE version = ${retentionVersion}) < now() - ${minutes}`

/** Threads whose own TTL is over. */
export const ownTtl = (strategy: TtlStrategy): DueRule => ({
  where: `ttl_strategy = '${strategy}' AND expires_at <= now() - ${minutes}`,
  dueAt: 'expires_at',
  orderBy: 'expires_at',
  amount: 0,
})

/** Threads without a TTL of their own that have not been used for some minutes. */
export const unusedFor = (strategy: TtlStrategy, amount: number): DueRule => ({
  where: `ttl_minutes IS NULL AND NOT temporary AND updated_at < now() - ${minutes} AND ${migratedBefore}
    ${strategy === 'keep_latest' ? `AND (${isPrunable})` : ''}`,
  dueAt: `greatest(updated_at, (SELECT applied_at FROM hadal.migration WHERE version = ${retentionVersion})) + ${minutes}`,
  orderBy: 'updated_at',
  amount,
})

/** Threads with checkpoints that nothing needs and that may have been written more than some minutes ago. */
export const prunableFor = (amount: number): DueRule => ({
  where: `NOT temporary AND (${isPrunable}) AND ${prunableSince} <= now() - ${minutes}`,
  dueAt: `${prunableSince} + ${minutes}`,
  orderBy: prunableSince,
  amount,
})

/** Threads that have not been used for some minutes, with checkpoints that nothing needs. */
export const prunableUnusedFor = (amount: number): DueRule => ({
  where: `NOT temporary AND (${isPrunable}) AND updated_at < now() - ${minutes}`,
  dueAt: `updated_at + ${minutes}`,
  orderBy: 'updated_at',
  amount,
})

/** SQL condition of a thread without an active run. A thread with held runs has another status than busy, but is not at rest. */
export const resting = `status <> 'busy'
  AND NOT EXISTS (SELECT 1 FROM hadal.run WHERE run.thread_id = thread.thread_id AND run.status IN ('pending', 'running'))`

/**
 * Returns the ids of threads that are due and at rest, and locks them until the end of the transaction. It skips threads that others have locked.
 *
 * @param except ids of threads to leave out
 */
export async function lockDueThreads(
  database: Queryable,
  { where, orderBy, amount }: DueRule,
  most: number,
  except: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT thread_id FROM hadal.thread WHERE ${where} AND ${resting} AND thread_id <> ALL($3::uuid[])
     ORDER BY ${orderBy} LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [amount, most, except],
  )
  return rows.map((row) => row.thread_id)
}

/** Lists the ids of threads that are due and at rest, in their order, after an id. */
export async function listDueThreads(
  database: Queryable,
  { where, amount }: DueRule,
  after: string,
  most: number,
): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT thread_id FROM hadal.thread WHERE ${where} AND ${resting} AND thread_id > $2 ORDER BY thread_id LIMIT $3`,
    [amount, after, most],
  )
  return rows.map((row) => row.thread_id)
}

/** Counts the threads that are due and at rest, with the time since which the first of them is due. */
export async function countDueThreads(
  database: Queryable,
  { where, dueAt, amount }: DueRule,
): Promise<{ readonly count: number; readonly oldest: Date | undefined }> {
  const { rows } = await database.query<{ count: number; oldest: Date | null }>(
    `SELECT count(*)::double precision AS count, min(${dueAt}) AS oldest FROM hadal.thread WHERE ${where} AND ${resting}`,
    [amount],
  )
  return { count: rows[0]?.count ?? 0, oldest: rows[0]?.oldest ?? undefined }
}

/** Seconds for which the thread that has been due longest is due; 0 if none is. */
export async function overdueSeconds(database: Queryable, { where, orderBy, dueAt, amount }: DueRule): Promise<number> {
  const { rows } = await database.query<{ seconds: number }>(
    `SELECT extract(epoch FROM now() - (${dueAt}))::double precision AS seconds
     FROM hadal.thread WHERE ${where} AND ${resting} ORDER BY ${orderBy} LIMIT 1`,
    [amount],
  )
  return Math.max(rows[0]?.seconds ?? 0, 0)
}

/** Stores that checkpoints of threads were removed. */
export async function markRemoved(database: Queryable, threadIds: readonly string[]): Promise<void> {
  await database.query('UPDATE hadal.thread SET checkpoints_removed_at = now() WHERE thread_id = ANY($1::uuid[])', [
    threadIds,
  ])
}

/** A thread from which nothing is left to remove now. */
export interface PrunedThread {
  readonly threadId: string
  /** Time at which its oldest checkpoint was written that is only too young to be removed; null without one. */
  readonly nextAt: Date | null
}

/** Stores that nothing is left to remove from threads, so that each is due again only after its next use, or when a checkpoint is old enough. */
export async function markPruned(database: Queryable, threads: readonly PrunedThread[]): Promise<void> {
  await database.query(
    `UPDATE hadal.thread AS thread SET pruned_up_to = updated_at, prunable_since = pruned.next_at,
       expires_at = CASE WHEN ttl_strategy = 'keep_latest' AND expires_at <= now() THEN NULL ELSE expires_at END
     FROM unnest($1::uuid[], $2::timestamptz[]) AS pruned (thread_id, next_at)
     WHERE thread.thread_id = pruned.thread_id`,
    [threads.map(({ threadId }) => threadId), threads.map(({ nextAt }) => nextAt)],
  )
}
