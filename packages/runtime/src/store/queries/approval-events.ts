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
