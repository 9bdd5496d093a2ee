import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { DecisionKind } from '../approvals/approval-metrics.ts'
import { jsonbText } from '../store/json-text.ts'
import type { Notification } from '../store/notifications.ts'
import { activeRuns, type MultitaskStrategy, type RunRow } from '../store/queries/run-rows.ts'
import { insertThread, type LockedThread, lockThread } from '../store/queries/thread-rows.ts'
import type { ThreadTtl } from '../store/queries/thread-ttl.ts'
import { transaction } from '../store/transaction.ts'
import { decideApprovals } from './approvals/decide-approvals.ts'
import { interruptsAt } from './approvals/interrupts-at.ts'
import { resumeAnswers } from './approvals/resume-answers.ts'
import { cancelActiveRun } from './cancel-run.ts'
import { enqueueRun } from './enqueue-run.ts'
import { busyThread, Refusal, unknownThread } from './refusal.ts'
import { requireCheckpoint } from './require-checkpoint.ts'
import type { RunRequest } from './run-request.ts'
import type { RunsContext } from './runs-context.ts'
import { isOrdinary, submitInOneStatement } from './submit-in-one-statement.ts'

/** A validated run of a client, before the server accepts it. */
export interface NewRun {
  readonly runId: string
  /** Id of the run's thread; undefined for a stateless run, which gets a new thread. */
  readonly threadId?: string
  readonly createThread: boolean
  /** Whether the new thread of a stateless run is kept after the run. */
  readonly keepThread: boolean
  readonly graphId: string
  readonly assistantId: string
  readonly request: RunRequest
  readonly metadata: Readonly<Record<string, unknown>>
  readonly multitaskStrategy: MultitaskStrategy
  readonly afterSeconds?: number
  /** TTL of the thread that the run creates; undefined for the server's default. */
  readonly ttl?: ThreadTtl
}

/** Actor that is recorded with every decision on an approval, because the server has no sign-in yet. */
const actor = 'client'

/**
 * Locks and returns the thread of a new run. Creates the thread if the run names none, or allows its creation.
 *
 * @throws {Refusal} 404 for an unknown thread
 */
async function threadFor(client: pg.PoolClient, run: NewRun): Promise<LockedThread> {
  const threadId = run.threadId ?? randomUUID()
  const existing = run.threadId && (await lockThread(client, threadId))
  if (existing) return existing
  if (run.threadId && !run.createThread) throw unknownThread(threadId)
  const temporary = !run.threadId && !run.keepThread
  const created = await insertThread(client, {
    threadId,
    metadata: jsonbText(run.metadata),
    temporary,
    ttl: run.ttl,
  })
  // Another request may have created the thread meanwhile.
  const thread = created ?? (await lockThread(client, threadId))
  if (!thread) throw unknownThread(threadId)
  return thread
}

/**
 * Accepts a run, which from then on reaches exactly one end. Writes the run, its job, the busy thread and the decisions in its resume in one
 * transaction, which is one statement for most runs.
 *
 * @throws {Refusal} 404 if the thread or a checkpoint is unknown; 409 if another run is active and the strategy is `reject`; 409 or 422 if the
 *   resume is invalid, too late, or answers nothing that is pending
 */
export async function submitRun(context: RunsContext, run: NewRun): Promise<RunRow> {
  if (isOrdinary(run)) return submitInOneStatement(context, run)
  const decided: DecisionKind[] = []
  const cancelled: Notification[] = []
  const inserted = await transaction(context.pool, async (database) => {
    const thread = await threadFor(database, run)
    await requireCheckpoint(database, thread.thread_id, run.request.checkpoint)
    const others = await activeRuns(database, thread.thread_id)
    if (others.length > 0 && run.multitaskStrategy === 'reject') {
      throw busyThread(thread.thread_id, others[0]?.run_id)
    }
    if (run.multitaskStrategy === 'interrupt' || run.multitaskStrategy === 'rollback') {
      for (const other of others) {
        cancelled.push(...(await cancelActiveRun(context, database, thread, other, run.multitaskStrategy)))
      }
    }
    const { request, kinds } = await boundRequest(context, database, run, thread, others.length > 0)
    decided.push(...kinds)
    return enqueueRun(context, database, { ...run, threadId: thread.thread_id, request })
  })
  context.notifications.send(...cancelled, { kind: 'queued' })
  for (const kind of decided) context.onDecision?.(kind)
  return inserted
}

/** Returns the run's request with its resume assigned to the pending interrupts. Only a thread without an active run can be resumed. */
async function boundRequest(
  context: RunsContext,
  database: pg.PoolClient,
  { request, graphId, runId }: NewRun,
  thread: LockedThread,
  busy: boolean,
): Promise<{ request: RunRequest; kinds: readonly DecisionKind[] }> {
  const { command } = request
  if (command?.resume === undefined) return { request, kinds: [] }
  if (busy) {
    throw new Refusal(
      409,
      `command.resume can't wait behind another run of thread ${thread.thread_id}: that run may change the pending interrupts. Send it when the thread is interrupted.`,
    )
  }
  const interrupts = await interruptsAt(context, database, thread, graphId, request.checkpoint)
  const pending = resumeAnswers(command.resume, interrupts)
  const by = { tenant: context.tenant, threadId: thread.thread_id, runId, graphId, actor }
  const { answers, kinds } = await decideApprovals(database, interrupts, pending, by)
  return { request: { ...request, command: { ...command, resume: answers } }, kinds }
}
