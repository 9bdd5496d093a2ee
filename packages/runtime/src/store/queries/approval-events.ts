import type { Queryable } from '../transaction.ts'

/** What is known of a question. */
export interface ApprovalState {
  readonly digest: string
  readonly tenant: string
  readonly place: string
  readonly tool: string
  readonly expires_at: Date
  /** Whether its time is over by the database's clock. */
  readonly expired: boolean
  readonly executed: boolean
}

const state = `asked.digest, asked.tenant, asked.place, asked.tool, asked.expires_at, asked.expires_at < clock_timestamp() AS expired,
  EXISTS (SELECT 1 FROM hadal.approval_event AS executed WHERE executed.event = 'executed' AND executed.digest = asked.digest) AS executed`

/** A question of this thread. */
export async function findApproval(
  database: Queryable,
  threadId: string,
  digest: string,
): Promise<ApprovalState | undefined> {
  const { rows } = await database.query<ApprovalState>(
    `SELECT ${state} FROM hadal.approval_event AS asked WHERE event = 'asked' AND digest = $1 AND thread_id = $2`,
    [digest, threadId],
  )
  return rows[0]
}

/** The newest question that was asked at a place. */
export async function newestApproval(
  database: Queryable,
  call: { tenant: string; threadId: string; place: string },
): Promise<ApprovalState | undefined> {
  const { rows } = await database.query<ApprovalState>(
    `SELECT ${state} FROM hadal.approval_event AS asked
     WHERE event = 'asked' AND thread_id = $1 AND place = $2 AND tenant = $3 ORDER BY sequence DESC LIMIT 1`,
    [call.threadId, call.place, call.tenant],
  )
  return rows[0]
}

export async function insertAsked(
  database: Queryable,
  asked: {
    digest: string
    tenant: string
    threadId: string
    place: string
    tool: string
    expiresAt: Date
    runId: string | undefined
  },
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, run_id)
     VALUES ('asked', $1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [asked.digest, asked.tenant, asked.threadId, asked.place, asked.tool, asked.expiresAt, asked.runId],
  )
}

const asked = 'digest, tenant, thread_id, place, tool, expires_at'

/** Several decisions may come for one question, if the run that brought one was cancelled before it used it: the last one counts. */
export async function insertDecided(
  database: Queryable,
  decided: { digest: string; runId: string; decision: string; actor: string; runsDigest: string | null },
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.approval_event (event, ${asked}, run_id, decision, actor, runs_digest)
     SELECT 'decided', ${asked}, $2, $3, $4, $5 FROM hadal.approval_event WHERE event = 'asked' AND digest = $1`,
    [decided.digest, decided.runId, decided.decision, decided.actor, decided.runsDigest],
  )
}

/** @returns whether this is the first execution, and the last decision allows it, in time, for the call that is about to run */
export async function insertExecuted(
  database: Queryable,
  executed: { digest: string; threadId: string; place: string; runId: string | undefined; runsDigest: string },
): Promise<boolean> {
  const { rowCount } = await database.query(
    `INSERT INTO hadal.approval_event (event, ${asked}, run_id, runs_digest)
     SELECT 'executed', ${asked}, $4::uuid, runs_digest FROM (
       SELECT * FROM hadal.approval_event WHERE event = 'decided' AND digest = $1 ORDER BY sequence DESC LIMIT 1) AS decided
     WHERE thread_id = $2 AND place = $3 AND decision IN ('approve', 'edit') AND runs_digest = $5 AND at <= expires_at
     ON CONFLICT DO NOTHING`,
    [executed.digest, executed.threadId, executed.place, executed.runId, executed.runsDigest],
  )
  return rowCount === 1
}

/** Whether the last decision on a question came after its time. */
export async function wasDecidedLate(database: Queryable, digest: string): Promise<boolean> {
  const { rows } = await database.query<{ late: boolean }>(
    `SELECT at > expires_at AS late FROM hadal.approval_event WHERE event = 'decided' AND digest = $1 ORDER BY sequence DESC LIMIT 1`,
    [digest],
  )
  return rows[0]?.late ?? false
}

export async function insertRefused(
  database: Queryable,
  refused: { digest: string; runId: string | undefined; reason: string },
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.approval_event (event, ${asked}, run_id, reason)
     SELECT 'refused', ${asked}, $2, $3 FROM hadal.approval_event WHERE event = 'asked' AND digest = $1`,
    [refused.digest, refused.runId, refused.reason],
  )
}
