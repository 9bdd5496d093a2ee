import type { Queryable } from '../transaction.ts'

/** A deletion of a thread or of a user, or the restore of a deleted thread. */
export interface DeletionRow {
  /** Number of the row, as a text: a bigint. */
  readonly sequence: string
  readonly tenant: string
  readonly kind: 'thread' | 'user' | 'restored'
  readonly pseudonym: string
  readonly at: Date
}

/** Deletions that a process writes to the log. */
export interface ClaimedDeletions {
  readonly rows: readonly DeletionRow[]
  /** Time of the claim by the clock of the database: the transactions of all rows have ended before. */
  readonly at: Date
}

/** Time in seconds after which another process claims deletions that were not written to the log. */
const claimSeconds = 20

/**
 * Claims deletions that are not in the log of deletions, the oldest first. Another process claims them again if they are not removed in time.
 *
 * @param fromAgeSeconds minimum age of the oldest one, unless there are `most`: several processes then write few files
 */
export async function claimDeletions(
  database: Queryable,
  { most, fromAgeSeconds }: { readonly most: number; readonly fromAgeSeconds: number },
): Promise<ClaimedDeletions> {
  const { rows } = await database.query<DeletionRow & { claimed_at: Date }>(
    `WITH free AS MATERIALIZED (
       SELECT sequence, at FROM hadal.deletion
       WHERE claimed_at IS NULL OR claimed_at < clock_timestamp() - $3 * interval '1 second'
       ORDER BY sequence LIMIT $1 FOR UPDATE SKIP LOCKED),
     due AS (
       SELECT sequence FROM free
       WHERE (SELECT count(*) FROM free) = $1 OR (SELECT min(at) FROM free) <= clock_timestamp() - $2 * interval '1 second')
     UPDATE hadal.deletion AS deletion SET claimed_at = clock_timestamp() FROM due WHERE deletion.sequence = due.sequence
     RETURNING deletion.sequence, tenant, kind, pseudonym, at, claimed_at`,
    [most, fromAgeSeconds, claimSeconds],
  )
  const newest = rows.reduce((latest, { claimed_at }) => Math.max(latest, claimed_at.getTime()), 0)
  return { rows, at: new Date(newest) }
}

/** Returns claimed deletions, so that another process can claim them at once. */
export async function returnDeletions(database: Queryable, sequences: readonly string[]): Promise<void> {
  await database.query('UPDATE hadal.deletion SET claimed_at = NULL WHERE sequence = ANY ($1::bigint[])', [sequences])
}

/**
 * Returns deletions that are not older than a time, in the order of their sequence, without claiming them.
 *
 * @param after sequence of the last deletion of the page before
 */
export async function readUnloggedDeletions(
  database: Queryable,
  { since, after, most }: { readonly since: Date; readonly after: string; readonly most: number },
): Promise<ClaimedDeletions> {
  const { rows } = await database.query<DeletionRow & { read_at: Date }>(
    `SELECT sequence, tenant, kind, pseudonym, at, clock_timestamp() AS read_at FROM hadal.deletion
     WHERE sequence > $1 AND at >= $2 ORDER BY sequence LIMIT $3`,
    [after, since, most],
  )
  return { rows, at: rows[0]?.read_at ?? new Date() }
}

/** Records restored threads for the log of deletions, which may have their deletion. */
export async function recordRestoredThreads(database: Queryable, threadIds: readonly string[]): Promise<void> {
  await database.query(
    `INSERT INTO hadal.deletion (tenant, kind, pseudonym)
     SELECT tenant, 'restored', hadal.thread_pseudonym_v1(thread_id) FROM hadal.thread WHERE thread_id = ANY ($1::uuid[])`,
    [threadIds],
  )
}

/** Removes deletions that are in the log. */
export async function removeDeletions(database: Queryable, sequences: readonly string[]): Promise<void> {
  await database.query('DELETE FROM hadal.deletion WHERE sequence = ANY ($1::bigint[])', [sequences])
}

/** Removes deletions that are older than a number of days, on a server that writes no log. @returns their number */
export async function removeOldDeletions(database: Queryable, days: number, most: number): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM hadal.deletion WHERE sequence IN (
       SELECT sequence FROM hadal.deletion WHERE at < now() - $1 * interval '1 day' ORDER BY sequence LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [days, most],
  )
  return rowCount ?? 0
}

/** Age in seconds of the oldest deletion that is not in the log; 0 if there is none. */
export async function oldestDeletionSeconds(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ seconds: number }>(
    'SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8 AS seconds FROM hadal.deletion',
  )
  return rows[0]?.seconds ?? 0
}
