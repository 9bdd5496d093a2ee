import type { Queryable } from '../transaction.ts'

/** Questions that are shown to people now: their thread waits, and they stand among its interrupts. */
const waiting = `FROM hadal.thread AS thread JOIN hadal.approval_event AS asked ON asked.thread_id = thread.thread_id
  WHERE thread.status = 'interrupted' AND asked.event = 'asked' AND position(asked.digest IN thread.interrupts::text) > 0`

/** Threads with a question whose time is over. */
export async function threadsWithExpiredApprovals(database: Queryable, limit: number): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT DISTINCT thread.thread_id ${waiting} AND asked.expires_at < clock_timestamp() LIMIT $1`,
    [limit],
  )
  return rows.map((row) => row.thread_id)
}

export interface WaitingApprovals {
  readonly count: number
  /** Seconds since the oldest was asked; 0 if none waits. */
  readonly oldestSeconds: number
  /** The greatest share of its time for an answer that one has used up, 1 when it is over; 0 if none waits. */
  readonly timeUsed: number
}

export async function waitingApprovals(database: Queryable): Promise<WaitingApprovals> {
  const { rows } = await database.query<{ count: number; oldest: number | null; used: number | null }>(
    `SELECT count(*)::int AS count, extract(epoch FROM max(clock_timestamp() - asked.at))::float8 AS oldest,
       max(extract(epoch FROM clock_timestamp() - asked.at)
         / greatest(extract(epoch FROM asked.expires_at - asked.at), 0.001))::float8 AS used ${waiting}`,
  )
  const [row] = rows
  return {
    count: row?.count ?? 0,
    oldestSeconds: Math.max(row?.oldest ?? 0, 0),
    timeUsed: Math.min(Math.max(row?.used ?? 0, 0), 1),
  }
}
