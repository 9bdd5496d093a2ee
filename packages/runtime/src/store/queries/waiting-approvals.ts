import type { Queryable } from '../transaction.ts'
import { isHeld, type OfThread } from './held-runs.ts'

/** Maximum number of runs that the server starts to end an expired approval request, if these runs fail. */
const mostExpiries = 3

/**
 * SQL for the approval requests that people can answer now, in threads of any status: they are among the thread's interrupts and have no valid
 * answer. The previous release can leave an answer whose run has ended without using it.
 */
const waiting = `FROM hadal.thread AS thread
  JOIN hadal.approval_event AS asked ON asked.thread_id = thread.thread_id AND asked.event = 'asked'
  LEFT JOIN LATERAL (
    SELECT event, decision FROM hadal.approval_event AS latest
    WHERE latest.digest = asked.digest AND latest.event <> 'asked' ORDER BY sequence DESC LIMIT 1) AS latest ON true
  WHERE thread.interrupts::text <> '{}' AND position(asked.digest IN thread.interrupts::text) > 0`
const unanswered = `(latest.event IS NULL OR latest.event = 'unused'
  OR (latest.event = 'decided' AND latest.decision <> 'expired' AND thread.status <> 'busy'))`

/** Lists threads of all tenants without an active run, except runs that wait for an answer, that have an expired approval request. */
export async function threadsWithExpiredApprovals(database: Queryable, limit: number): Promise<OfThread[]> {
  const { rows } = await database.query<OfThread>(
    `SELECT DISTINCT thread.tenant, thread.thread_id AS "threadId" ${waiting} AND asked.expires_at < clock_timestamp()
       AND NOT EXISTS (SELECT 1 FROM hadal.run AS active
         WHERE active.thread_id = thread.thread_id AND active.status IN ('pending', 'running') AND NOT (${isHeld('active')}))
       AND (${unanswered} OR (latest.decision = 'expired' AND $2 > (
         SELECT count(*) FROM hadal.approval_event AS expired
         WHERE expired.digest = asked.digest AND expired.decision = 'expired')))
     LIMIT $1`,
    [limit, mostExpiries],
  )
  return rows
}

/** A waiting approval request that was asked before the newest restore of the whole database: an answer may have been given after the backup. */
export interface RestoredQuestion {
  readonly thread_id: string
  readonly tenant: string
  readonly tool: string
  readonly asked_at: Date
  /** Time of the backup's snapshot. */
  readonly snapshot_at: Date
}

/** Lists up to `most` restored questions of all tenants that people can still answer, oldest first. */
export async function restoredQuestions(database: Queryable, most: number): Promise<RestoredQuestion[]> {
  const { rows } = await database.query<RestoredQuestion>(
    `WITH restore AS (
       SELECT snapshot_at, ended_at FROM hadal.restore WHERE threads IS NULL AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1)
     SELECT asked.thread_id, asked.tenant, asked.tool, asked.at AS asked_at, (SELECT snapshot_at FROM restore) ${waiting} AND ${unanswered}
       AND asked.at < (SELECT ended_at FROM restore)
     ORDER BY asked.at, asked.digest LIMIT $1`,
    [most],
  )
  return rows
}

export interface WaitingApprovals {
  readonly count: number
  /** Seconds since the oldest waiting approval request was made; 0 if none is waiting. */
  readonly oldestSeconds: number
  /**
   * Maximum, over all waiting approval requests, of the share of the time for an answer that has passed: 1 for an expired request; 0 if none is
   * waiting.
   */
  readonly timeUsed: number
}

export async function waitingApprovals(database: Queryable): Promise<WaitingApprovals> {
  const { rows } = await database.query<{ count: number; oldest: number | null; used: number | null }>(
    `SELECT count(*)::int AS count, extract(epoch FROM max(clock_timestamp() - asked.at))::float8 AS oldest,
       max(extract(epoch FROM clock_timestamp() - asked.at)
         / greatest(extract(epoch FROM asked.expires_at - asked.at), 0.001))::float8 AS used ${waiting} AND ${unanswered}`,
  )
  const [row] = rows
  return {
    count: row?.count ?? 0,
    oldestSeconds: Math.max(row?.oldest ?? 0, 0),
    timeUsed: Math.min(Math.max(row?.used ?? 0, 0), 1),
  }
}
