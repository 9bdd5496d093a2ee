import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'

/** Identifies a tool call: its thread, and its task and id in the thread's graph. */
export interface CallName {
  readonly tenant: string
  readonly threadId: string
  readonly place: string
}

/** The newest approval request of a tool call and the call's last execution. The columns of a missing part are null. */
export interface KnownCallRow {
  /** Current time by the database's clock. */
  readonly now: Date
  readonly digest: string | null
  readonly expires_at: Date | null
  /** Whether the approval request accepts no further answer; null if the call has no approval request. */
  readonly closed: boolean | null
  /** Whether an execution has begun under the approval; null if the call has no approval request. */
  readonly begun: boolean | null
  /** Whether a restore withdrew a granted approval request of the call; null if the call has no approval request. */
  readonly restored: boolean | null
  readonly execution: number | null
  readonly outcome: string | null
  readonly run_id: string | null
  readonly attempt: number | null
  readonly execution_digest: string | null
}

export async function findKnownCall(database: Queryable, { tenant, threadId, place }: CallName): Promise<KnownCallRow> {
  const { rows } = await database.query<KnownCallRow>(
    `SELECT clock_timestamp() AS now, question.digest, question.expires_at, question.closed, question.begun, question.restored,
       call.execution, call.outcome, call.run_id, call.attempt, call.digest AS execution_digest
     FROM (SELECT 1) AS one
     LEFT JOIN LATERAL (
       SELECT digest, expires_at,
         EXISTS (SELECT 1 FROM hadal.approval_event AS other WHERE other.digest = asked.digest AND other.event = 'executed') AS begun,
         EXISTS (SELECT 1 FROM hadal.approval_event AS other
           WHERE other.digest = asked.digest AND other.event IN ('executed', 'refused', 'withdrawn')) AS closed,
         EXISTS (SELECT 1 FROM hadal.approval_event AS earlier JOIN hadal.approval_event AS other USING (digest)
           WHERE earlier.event = 'asked' AND earlier.thread_id = $1 AND earlier.place = $2 AND earlier.tenant = $3
             AND other.event = 'withdrawn' AND other.actor = 'hadal:restore') AS restored
       FROM hadal.approval_event AS asked WHERE event = 'asked' AND thread_id = $1 AND place = $2 AND tenant = $3
         AND actor IS DISTINCT FROM 'hadal:mark'
       ORDER BY sequence DESC LIMIT 1) AS question ON true
     LEFT JOIN LATERAL (
       SELECT execution, outcome, run_id, attempt, digest FROM hadal.tool_call
       WHERE thread_id = $1 AND place = $2 AND tenant = $3 ORDER BY execution DESC LIMIT 1) AS call ON true`,
    [threadId, place, tenant],
  )
  const [row] = rows
  if (!row)
    throw new Error('The statement that records the start of a tool call returned no row. This is a bug in Hadal.')
  return row
}

const begin = settingTenant('SELECT hadal.begin_call_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS verdict')
const beginFirst = settingTenant('SELECT hadal.begin_first_call_v2($1, $2, $3, $4, $5, $6) AS verdict')

/**
 * Records that an execution of a tool call begins.
 *
 * @returns `begun`, `lease_lost`, or the reason why the approval is not valid; see the migration
 */
export async function beginCall(
  database: Queryable,
  call: CallName & {
    readonly number: number
    readonly tool: string
    readonly runId: string | undefined
    readonly attempt: number | undefined
    readonly approval: { readonly digest: string; readonly runs: string; readonly again: boolean } | undefined
  },
): Promise<string> {
  const { rows } = await database.query<{ verdict: string }>(begin, [
    call.tenant,
    call.threadId,
    call.place,
    call.number,
    call.tool,
    call.runId,
    call.attempt,
    call.approval?.digest,
    call.approval?.runs,
    call.approval?.again ?? false,
  ])
  return rows[0]?.verdict ?? 'lease_lost'
}

/**
 * Records that the first execution of a tool call begins, which needs no approval.
 *
 * @returns `begun`, `lease_lost`, or `known` if a question or an execution of the call is recorded; then nothing has begun
 */
export async function beginFirstCall(
  database: Queryable,
  call: CallName & {
    readonly tool: string
    readonly runId: string | undefined
    readonly attempt: number | undefined
  },
): Promise<string> {
  const { rows } = await database.query<{ verdict: string }>(beginFirst, [
    call.tenant,
    call.threadId,
    call.place,
    call.tool,
    call.runId,
    call.attempt,
  ])
  return rows[0]?.verdict ?? 'lease_lost'
}

/** Records the outcome of a tool call's execution, and of its approval. Only the first outcome is recorded. */
export async function endCall(
  database: Queryable,
  call: CallName & {
    readonly number: number
    readonly outcome: string
    readonly digest: string | undefined
    readonly runId: string | undefined
  },
): Promise<void> {
  await database.query(
    `WITH ended AS (
       UPDATE hadal.tool_call SET ended_at = clock_timestamp(), outcome = $5
       WHERE thread_id = $1 AND place = $2 AND tenant = $3 AND execution = $4 AND ended_at IS NULL),
     unmarked AS (
       DELETE FROM hadal.approval_event WHERE thread_id = $1 AND place = $2 AND tenant = $3 AND actor = 'hadal:mark')
     INSERT INTO hadal.approval_event (event, digest, tenant, owner, thread_id, place, tool, expires_at, run_id)
     SELECT $5, digest, tenant, owner, thread_id, place, tool, expires_at, $7 FROM hadal.approval_event
     WHERE event = 'asked' AND digest = $6 AND tenant = $3 AND $5 <> 'paused'
     ON CONFLICT DO NOTHING`,
    [call.threadId, call.place, call.tenant, call.number, call.outcome, call.digest, call.runId],
  )
}
