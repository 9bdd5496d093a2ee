import type { Queryable } from '../transaction.ts'
import type { User } from './pseudonyms.ts'

/** A line of the log of deletions. */
export interface LoggedDeletion {
  /** Time of the deletion or of the restore, in milliseconds. */
  readonly at: string
  readonly tenant: string
  /** `restored`: a person restored the thread after its deletion. */
  readonly kind: 'thread' | 'user' | 'restored'
  readonly pseudonym: string
}

/** What the log of deletions says about a thread: its newest line. */
export interface LoggedThread {
  readonly pseudonym: string
  readonly kind: 'thread' | 'restored'
  readonly at: Date
}

/**
 * Creates a temporary table for lines of the log of deletions, which ends with the transaction. It begins with the restored threads that the database has
 * and the log may not have yet.
 */
export async function createLoggedDeletions(database: Queryable): Promise<void> {
  await database.query(
    `CREATE TEMP TABLE logged_deletion ON COMMIT DROP AS
     SELECT tenant, kind, pseudonym, at FROM hadal.deletion WHERE kind = 'restored'`,
  )
}

/** Adds lines of the log to the temporary table. */
export async function addLoggedDeletions(database: Queryable, lines: readonly LoggedDeletion[]): Promise<void> {
  await database.query(
    `INSERT INTO logged_deletion (tenant, kind, pseudonym, at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])`,
    [
      lines.map(({ tenant }) => tenant),
      lines.map(({ kind }) => kind),
      lines.map(({ pseudonym }) => pseudonym),
      lines.map(({ at }) => at),
    ],
  )
}

/**
 * Creates the temporary table of the threads of the database that the log names: to delete, or to keep because a person restored them.
 *
 * A client may choose the id of a thread, also of a deleted one. So a thread that is younger than the deletion of its id is not to delete. The log has
 * times in milliseconds.
 */
export async function matchLoggedThreads(database: Queryable): Promise<void> {
  await database.query('ANALYZE logged_deletion')
  await database.query(
    `CREATE TEMP TABLE logged_thread ON COMMIT DROP AS
     SELECT thread.thread_id, newest.kind = 'restored' AS restored FROM hadal.thread
     JOIN (SELECT DISTINCT ON (pseudonym) pseudonym, kind, at FROM logged_deletion WHERE kind IN ('thread', 'restored')
           ORDER BY pseudonym, at DESC, kind DESC) AS newest
       ON newest.pseudonym = hadal.thread_pseudonym_v1(thread.thread_id)
     WHERE newest.kind = 'restored' OR date_trunc('milliseconds', thread.created_at) <= newest.at`,
  )
  await database.query('ALTER TABLE logged_thread ADD PRIMARY KEY (thread_id)')
}

/** Returns the users of the database that the log names as deleted. */
export async function loggedUsers(database: Queryable): Promise<User[]> {
  const { rows } = await database.query<User>(
    `SELECT known.tenant, known.owner AS user FROM hadal.pseudonym AS known
     WHERE EXISTS (SELECT FROM logged_deletion AS logged
       WHERE logged.kind = 'user' AND logged.tenant = known.tenant AND logged.pseudonym = known.pseudonym::text)
     ORDER BY known.tenant, known.owner`,
  )
  return rows
}

/** Returns the ids of the threads that a person restored after their deletion. */
export async function restoredThreads(database: Queryable): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT thread_id::text AS id FROM logged_thread WHERE restored ORDER BY 1',
  )
  return rows.map(({ id }) => id)
}

/**
 * Returns the ids of threads to delete that still exist, in their order.
 *
 * @param after id of the last thread of the page before; undefined for the first page
 */
export async function threadsToDelete(
  database: Queryable,
  { after, most }: { readonly after: string | undefined; readonly most: number },
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT thread_id::text AS id FROM logged_thread JOIN hadal.thread USING (thread_id)
     WHERE NOT restored AND ($1::uuid IS NULL OR thread_id > $1) ORDER BY thread_id LIMIT $2`,
    [after ?? null, most],
  )
  return rows.map(({ id }) => id)
}

/** Returns what the database has about threads and the log may not have yet. @param pseudonyms of the threads */
export async function unloggedThreads(database: Queryable, pseudonyms: readonly string[]): Promise<LoggedThread[]> {
  const { rows } = await database.query<LoggedThread & { at: Date }>(
    "SELECT pseudonym, kind, at FROM hadal.deletion WHERE kind IN ('thread', 'restored') AND pseudonym = ANY ($1)",
    [pseudonyms],
  )
  return rows
}
