import type { Lease } from '../run-queue.ts'
import { places } from '../sealing/places.ts'
import { sealedJson } from '../sealing/sealed-json.ts'
import { sealedState } from '../sealing/sealed-thread.ts'
import { sealsOf } from '../sealing/seals.ts'
import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'
import type { OfThread } from './held-runs.ts'
import { columnsOf, type RunEvent } from './run-events.ts'
import type { CancelAction, RunStatus } from './run-rows.ts'
import type { ThreadStatus } from './thread-rows.ts'

export async function markEnded(
  database: Queryable,
  run: { tenant: string; runId: string; status: RunStatus; error: string | null },
): Promise<void> {
  const error = run.error && sealedJson(sealsOf(database), run.error, [places.runError(run.tenant, run.runId)])
  await database.query(
    'UPDATE hadal.run SET status = $2, error = $3, ended_at = now(), updated_at = now() WHERE run_id = $1',
    [run.runId, run.status, error],
  )
}

/** State of a thread without an active run. Its strings are JSON texts. */
export interface RestingThread {
  readonly status: Exclude<ThreadStatus, 'busy'>
  readonly values: string
  readonly interrupts: string
  readonly error: string | null
}

/** Stores the state that a run left in its thread. The thread stays busy while another of its runs is pending. */
export async function updateThreadState(database: Queryable, key: OfThread, thread: RestingThread): Promise<void> {
  const { status, values, interrupts, error } = sealedState(sealsOf(database), thread, key)
  await database.query(
    `UPDATE hadal.thread SET
       status = CASE WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = $1 AND status IN ('pending', 'running'))
         THEN 'busy' ELSE $2 END,
       "values" = $3, interrupts = $4, error = $5, updated_at = now(), state_updated_at = now()
     WHERE thread_id = $1`,
    [key.threadId, status, values, interrupts, error],
  )
}

/**
 * Sets the status of a thread after a run that never began or whose state can't be read: the values stay, and pending interrupts make it
 * `interrupted`.
 *
 * @param error JSON of the run's error, if it has one
 */
export async function restThread(
  database: Queryable,
  { tenant, threadId }: OfThread,
  error: string | null = null,
): Promise<void> {
  await database.query(
    `UPDATE hadal.thread SET updated_at = now(), error = coalesce($2::jsonb, error),
       status = CASE
         WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = $1 AND status IN ('pending', 'running')) THEN 'busy'
         WHEN $2::jsonb IS NOT NULL THEN 'error'
         WHEN interrupts::text <> '{}' THEN 'interrupted'
         WHEN error IS NOT NULL THEN 'error'
         ELSE 'idle' END
     WHERE thread_id = $1`,
    [threadId, error && sealedJson(sealsOf(database), error, [places.threadError(tenant, threadId)])],
  )
}

export async function requestCancel(
  database: Queryable,
  runId: string,
  { action, reason }: { readonly action: CancelAction; readonly reason?: string },
): Promise<void> {
  // An interrupt does not replace an earlier request for a rollback.
  await database.query(
    `UPDATE hadal.run SET cancel = CASE WHEN cancel = 'rollback' THEN cancel ELSE $2 END,
       cancel_reason = coalesce($3, cancel_reason), updated_at = now() WHERE run_id = $1`,
    [runId, action, reason ?? null],
  )
}

const answers = ['ended', 'ended_next', 'lease_lost', 'rollback', 'approvals'] as const

const ordinaryEnd = settingTenant(
  'SELECT hadal.end_run_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS answer',
)

/** Answer of {@link endOrdinaryRun}. */
export type OrdinaryEnd = (typeof answers)[number]

/**
 * Ends a run in the ordinary case, in one statement: writes its last events, its status, the end of its attempt and job, and the thread's state.
 *
 * @param end `error`: JSON of the run's error, if it has one; `thread`: undefined if the state can't be read: the thread then keeps its values
 * @returns `ended`; `ended_next` if another run of the thread may wait; or the reason for which nothing was written: the lease is lost, a client
 * requested a rollback, or the thread has open approval requests. After a lost answer, a repeated call returns `ended_next`.
 */
export async function endOrdinaryRun(
  database: Queryable,
  { tenant, runId, threadId, attempt }: Lease,
  end: {
    readonly status: RunStatus
    readonly error: string | null
    readonly events: readonly RunEvent[]
    readonly thread: RestingThread | undefined
  },
): Promise<OrdinaryEnd> {
  const { status, error, events } = end
  const seals = sealsOf(database)
  const thread = end.thread && sealedState(seals, end.thread, { tenant, threadId })
  const { rows } = await database.query<{ answer: string }>(ordinaryEnd, [
    tenant,
    threadId,
    runId,
    attempt,
    status,
    // The function writes the same error to the run and to the thread.
    error && sealedJson(seals, error, [places.runError(tenant, runId), places.threadError(tenant, threadId)]),
    ...columnsOf(database, { tenant, runId }, events),
    thread?.status ?? null,
    thread?.values ?? null,
    thread?.interrupts ?? null,
  ])
  const answer = answers.find((one) => one === rows[0]?.answer)
  if (!answer) throw new Error(`hadal.end_run_v2 returned "${rows[0]?.answer}". Allowed: ${answers.join(', ')}.`)
  return answer
}

/** Deletes a run, its checkpoints, and its writes to the checkpoint that it continued: the thread is as before the run. */
export async function rollBackRun(database: Queryable, threadId: string, runId: string): Promise<void> {
  const ofRun =
    "SELECT checkpoint_ns, checkpoint_id FROM public.checkpoints WHERE thread_id = $1 AND metadata->>'run_id' = $2"
  await database.query(
    `DELETE FROM public.checkpoint_writes
     WHERE thread_id = $1 AND (hadal_run_id::text = $2 OR (checkpoint_ns, checkpoint_id) IN (${ofRun}))`,
    [threadId, runId],
  )
  await database.query("DELETE FROM public.checkpoints WHERE thread_id = $1 AND metadata->>'run_id' = $2", [
    threadId,
    runId,
  ])
  await database.query('DELETE FROM hadal.run WHERE run_id = $1', [runId])
}
