import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { DecisionKind } from '../approvals/approval-metrics.ts'
import { jsonbText } from '../store/json-text.ts'
import { activeRuns, type MultitaskStrategy, type RunRow } from '../store/queries/run-rows.ts'
import { insertThread, lockThread, type ThreadRow } from '../store/queries/thread-rows.ts'
import { transaction } from '../store/transaction.ts'
import { decideApprovals } from './approvals/decide-approvals.ts'
import { interruptsAt } from './approvals/interrupts-at.ts'
import { resumeAnswers } from './approvals/resume-answers.ts'
import { cancelActiveRun } from './cancel-run.ts'
import { enqueueRun } from './enqueue-run.ts'
import { Refusal, unknownThread } from './refusal.ts'
import { requireCheckpoint } from './require-checkpoint.ts'
import type { RunRequest } from './run-request.ts'
import type { RunsContext } from './runs-context.ts'

export interface NewRun {
  /** Undefined for a stateless run: it gets a thread of its own. */
  readonly threadId?: string
  readonly createThread: boolean
  /** Whether the thread of a stateless run stays. */
  readonly keepThread: boolean
  readonly graphId: string
  readonly assistantId: string
  readonly request: RunRequest
  readonly metadata: Readonly<Record<string, unknown>>
  readonly multitaskStrategy: MultitaskStrategy
  readonly afterSeconds?: number
}

/** Until there is sign-in, whoever reaches the API. */
const actor = 'client'

/** Locks the run's thread, or makes it. */
async function threadFor(client: pg.PoolClient, run: NewRun): Promise<ThreadRow> {
  const threadId = run.threadId ?? randomUUID()
  const existing = run.threadId && (await lockThread(client, threadId))
  if (existing) return existing
  if (run.threadId && !run.createThread) throw unknownThread(threadId)
  const temporary = !run.threadId && !run.keepThread
  const created = await insertThread(client, { threadId, metadata: jsonbText(run.metadata), temporary })
  // Another request may have made it in the meantime.
  const thread = created ?? (await lockThread(client, threadId))
  if (!thread) throw unknownThread(threadId)
  return thread
}

/**
 * Accepts a run: from here on it reaches exactly one end. The run's row, its job, the busy thread and the decisions that it brings come in one
 * transaction.
 *
 * @throws {Refusal} when the thread or a checkpoint is unknown, another run is under way and the strategy is `reject`, or a resume answers nothing that is
 *   pending, too late, or otherwise than it was asked
 */
export async function submitRun(context: RunsContext, run: NewRun): Promise<RunRow> {
  const decided: DecisionKind[] = []
  const inserted = await transaction(context.pool, async (database) => {
    const thread = await threadFor(database, run)
    await requireCheckpoint(database, thread.thread_id, run.request.checkpoint)
    const others = await activeRuns(database, thread.thread_id)
    if (others.length > 0 && run.multitaskStrategy === 'reject') {
      throw new Refusal(
        409,
        `Thread ${thread.thread_id} is busy with run ${others[0]?.run_id}. Wait for it, or send multitask_strategy "enqueue", "interrupt" or "rollback".`,
      )
    }
    if (run.multitaskStrategy === 'interrupt' || run.multitaskStrategy === 'rollback') {
      for (const other of others) await cancelActiveRun(context, database, thread, other, run.multitaskStrategy)
    }
    const runId = randomUUID()
    const { request, kinds } = await boundRequest(context, database, run, thread, others.length > 0, runId)
    decided.push(...kinds)
    return enqueueRun(context, database, { ...run, runId, threadId: thread.thread_id, request })
  })
  for (const kind of decided) context.onDecision?.(kind)
  return inserted
}

/** What is pending is known only while nothing runs: a resume that waits behind another run could answer what nobody has seen. */
async function boundRequest(
  context: RunsContext,
  database: pg.PoolClient,
  { request, graphId }: NewRun,
  thread: ThreadRow,
  busy: boolean,
  runId: string,
): Promise<{ request: RunRequest; kinds: readonly DecisionKind[] }> {
  const { command } = request
  if (command?.resume === undefined) return { request, kinds: [] }
  if (busy) {
    throw new Refusal(
      409,
      `command.resume can't wait behind another run of thread ${thread.thread_id}, for that may change what is pending. Send it when the thread is interrupted.`,
    )
  }
  const interrupts = await interruptsAt(context, database, thread, graphId, request.checkpoint)
  const pending = resumeAnswers(command.resume, interrupts)
  const by = { tenant: context.tenant, threadId: thread.thread_id, runId, graphId, actor }
  const { answers, kinds } = await decideApprovals(database, interrupts, pending, by)
  return { request: { ...request, command: { ...command, resume: answers } }, kinds }
}
