import {
  type ApprovalEvent,
  type ApprovalState,
  approvalState,
  approvalTransitions,
} from '@hadal/middleware/approvals/approval-state'
import type { Queryable } from '../transaction.ts'

/** A request for a person's approval of a tool call (a question), with its state from the approval audit. */
export interface KnownQuestion {
  readonly digest: string
  readonly tenant: string
  readonly place: string
  readonly tool: string
  readonly expires_at: Date
  /** Whether the approval request has expired, by the database's clock. */
  readonly expired: boolean
  /** State of the approval request; undefined if its history has an event that this release does not know. */
  readonly state: ApprovalState | undefined
  /** Id of the run that caused the last event of the approval request. */
  readonly last_run: string | null
  /** Graph of the run that made the approval request; null if that run was deleted. */
  readonly graph_id: string | null
  /** User as whom the run acts that made the approval request; null without sign-in. */
  readonly asked_by: string | null
}

interface QuestionRow extends Omit<KnownQuestion, 'state'> {
  readonly events: readonly string[]
}

const isEvent = (word: string): word is ApprovalEvent => approvalTransitions.some(({ event }) => event === word)
const answers: readonly string[] = ['approve', 'edit', 'reject', 'respond'] satisfies ApprovalEvent[]

/**
 * Converts the stored events of an approval request, as this or the previous release wrote them, to the events of the audit. The previous release
 * does not record that an answer was not used, and records a refusal after an execution.
 */
export function auditEvents(words: readonly string[]): ApprovalEvent[] {
  const events: ApprovalEvent[] = []
  for (const written of words) {
    const word = written === 'may have acted' ? 'begun' : written
    const before = events.at(-1) ?? ''
    if (!isEvent(word)) continue
    if (answers.includes(before) && (answers.includes(word) || word === 'expired')) events.push('not executed')
    if (word === 'refused' && !answers.includes(before)) continue
    events.push(word)
  }
  return events
}

/** SQL for all approval requests of a thread with their events in order: a decision by its kind, any other event by its name in the audit. */
const questions = `SELECT asked.digest, asked.tenant, asked.place, asked.tool, asked.expires_at,
    asked.expires_at < clock_timestamp() AS expired, history.events, history.last_run, run.graph_id,
    coalesce(run.owner, asked.owner) AS asked_by
  FROM hadal.approval_event AS asked
  CROSS JOIN LATERAL (
    SELECT array_agg(coalesce(decision, event) ORDER BY sequence) AS events,
      (array_agg(run_id ORDER BY sequence DESC))[1] AS last_run
    FROM hadal.approval_audit WHERE digest = asked.digest) AS history
  LEFT JOIN hadal.run AS run ON run.run_id = asked.run_id
  WHERE asked.event = 'asked' AND asked.actor IS DISTINCT FROM 'hadal:mark' AND asked.tenant = $1 AND asked.thread_id = $2`

const known = ({ events, ...question }: QuestionRow): KnownQuestion => ({
  ...question,
  state: approvalState(auditEvents(events)),
})

/** Returns one approval request of a thread, by its digest. */
export async function findQuestion(
  database: Queryable,
  of: { tenant: string; threadId: string; digest: string },
): Promise<KnownQuestion | undefined> {
  const { rows } = await database.query<QuestionRow>(`${questions} AND asked.digest = $3`, [
    of.tenant,
    of.threadId,
    of.digest,
  ])
  return rows.map(known)[0]
}

/** Returns the thread's approval requests whose tool call has not begun and that were neither refused nor withdrawn. */
export async function openQuestions(
  database: Queryable,
  of: { tenant: string; threadId: string },
): Promise<KnownQuestion[]> {
  const { rows } = await database.query<QuestionRow>(
    `${questions} AND NOT EXISTS (SELECT 1 FROM hadal.approval_event AS closed
       WHERE closed.digest = asked.digest AND closed.event IN ('executed', 'refused', 'withdrawn'))`,
    [of.tenant, of.threadId],
  )
  return rows.map(known)
}

/** States of a question whose call is over or was begun: an answer is not possible any more. */
const closedStates: readonly (ApprovalState | undefined)[] = ['begun', 'executed', 'failed', 'refused', 'withdrawn']

/**
 * Returns those of the digests whose question no longer waits for an answer. While a run is active on the thread, a question that has an answer does not
 * wait either. A question that was asked on another thread, of which this one is a copy, is not among them.
 */
export async function closedQuestions(
  database: Queryable,
  of: { tenant: string; threadIds: readonly string[]; digests: readonly string[] },
): Promise<Set<string>> {
  const { rows } = await database.query<{ digest: string; events: readonly string[]; busy: boolean }>(
    `SELECT asked.digest, thread.status = 'busy' AS busy,
       ARRAY(SELECT coalesce(decision, event) FROM hadal.approval_audit WHERE digest = asked.digest ORDER BY sequence) AS events
     FROM hadal.approval_event AS asked JOIN hadal.thread AS thread USING (thread_id)
     WHERE asked.event = 'asked' AND asked.tenant = $1 AND asked.thread_id = ANY($2::uuid[]) AND asked.digest = ANY($3::text[])`,
    [of.tenant, of.threadIds, of.digests],
  )
  const closed = rows.filter(({ events, busy }) => {
    const state = approvalState(auditEvents(events))
    return closedStates.includes(state) || (busy && state !== 'waiting')
  })
  return new Set(closed.map(({ digest }) => digest))
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
    `INSERT INTO hadal.approval_event (event, digest, tenant, owner, thread_id, place, tool, expires_at, run_id)
     SELECT 'asked', $1, $2, (SELECT owner FROM hadal.thread WHERE thread_id = $3 AND tenant = $2), $3, $4, $5, $6, $7
     ON CONFLICT DO NOTHING`,
    [asked.digest, asked.tenant, asked.threadId, asked.place, asked.tool, asked.expiresAt, asked.runId],
  )
}

const asked = 'digest, tenant, owner, thread_id, place, tool, expires_at'

/**
 * Records a person's decision on an approval request. A request can have several decisions, if the run that brought one ended before it used it: the
 * last one counts.
 */
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

/** Records why a tool call was not executed although a person had decided on it, or why an approval request was withdrawn. */
export async function insertClosed(
  database: Queryable,
  closed: {
    event: 'refused' | 'unused' | 'withdrawn'
    digest: string
    runId: string | null | undefined
    actor?: string
    reason: string
  },
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.approval_event (event, ${asked}, run_id, actor, reason)
     SELECT $2, ${asked}, $3, $4, $5 FROM hadal.approval_event WHERE event = 'asked' AND digest = $1`,
    [closed.digest, closed.event, closed.runId, closed.actor, closed.reason],
  )
}
