import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { DecisionKind } from '../approvals/approval-metrics.ts'
import { jsonbText } from '../store/json-text.ts'
import type { Notification } from '../store/notifications.ts'
import { holdAssistant } from '../store/queries/assistant-rows.ts'
import { fullQueueOf } from '../store/queries/run-counts.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { insertThread, type LockedThread, lockThread } from '../store/queries/thread-rows.ts'
import { changeable } from '../store/scope.ts'
import { answerOfAnother, requireRoleToAct } from './approvals/answer-of-another.ts'
import { decideApprovals } from './approvals/decide-approvals.ts'
import { interruptsAt } from './approvals/interrupts-at.ts'
import { isOwnAnswer, resumeAnswers } from './approvals/resume-answers.ts'
import { withdrawQuestions } from './approvals/withdraw-questions.ts'
import { unknownAssistant } from './assistants/run-assistant.ts'
import { busyThread } from './busy-thread.ts'
import { cancelActiveRun } from './cancel-run.ts'
import { enqueueRun } from './enqueue-run.ts'
import { askingThread, Refusal, takenThread, unknownThread } from './refusal.ts'
import { requireCheckpoint } from './require-checkpoint.ts'
import type { RunRequest } from './run-request.ts'
import type { RunsContext } from './runs-context.ts'
import type { NewRun } from './submit-run.ts'
import { fullQueue } from './tenant-limits.ts'
import { threadActivity } from './thread-activity.ts'

/** The accepted run, the notifications to send after the commit, and the decisions to count in the metrics. */
export interface Acceptance {
  readonly run: RunRow
  readonly notifications: readonly Notification[]
  readonly decided: readonly DecisionKind[]
}

/**
 * Locks and returns the thread of a new run. Creates the thread if the run names none, or allows its creation.
 *
 * @throws {Refusal} 404 for an unknown thread; 409 if the run may create the thread, but a thread of another user has the id
 */
async function threadFor({ scope }: RunsContext, client: pg.PoolClient, run: NewRun): Promise<LockedThread> {
  const threadId = run.threadId ?? randomUUID()
  const visible = run.request.command?.resume === undefined ? changeable(scope) : scope
  const existing = run.threadId && (await lockThread(client, visible, threadId))
  if (existing) return existing
  if (run.threadId && !run.createThread) throw unknownThread(threadId)
  const temporary = !run.threadId && !run.keepThread
  const created = await insertThread(client, scope, {
    threadId,
    metadata: jsonbText(run.metadata),
    temporary,
    ttl: run.ttl,
  })
  // Another request may have created the thread meanwhile.
  const thread = created ? { ...created, owner: scope.owner } : await lockThread(client, visible, threadId)
  if (!thread) throw takenThread(threadId)
  return thread
}

/**
 * Accepts a run in the caller's transaction: writes the run, its job, the busy thread and the decisions in its resume.
 *
 * While the thread shows a question, a run that answers or repeats it starts before the held runs. Any other run withdraws the question, and starts after
 * the held runs; with the strategy `interrupt` or `rollback` it starts before them.
 *
 * @throws {Refusal} as {@link submitRun}
 */
export async function acceptRun(context: RunsContext, database: pg.PoolClient, sent: NewRun): Promise<Acceptance> {
  const notifications: Notification[] = []
  const { multitaskStrategy, runId } = sent
  const { scope } = context
  const full = await fullQueueOf(database, scope, context.limits.waiting)
  if (full) throw fullQueue(full, context.limits)
  const key = { scope, assistantId: sent.assistantId }
  if (sent.assistant && !(await holdAssistant(database, key))) throw unknownAssistant(context.agents, sent.assistantId)
  const thread = await threadFor(context, database, sent)
  const { thread_id: threadId } = thread
  requireRoleToAct(sent, threadId)
  // A thread without an owner was made before the server had a sign-in. An approver may only answer its question, an administrator uses it as an own one.
  const hasOther = thread.owner !== scope.owner && (thread.owner !== null || scope.sees === 'waiting')
  const isAnothers = hasOther && sent.request.command?.resume !== undefined
  const answer = isAnothers ? await answerOfAnother(context, database, sent, thread) : undefined
  const run = answer ?? sent
  await requireCheckpoint(database, threadId, run.request.checkpoint)
  const { active, questionWaits } = await threadActivity(database, context.scope.tenant, thread)
  const answers = run.request.command?.resume !== undefined
  const keepsQuestion = answers || repeatsQuestion(run.request)
  if (multitaskStrategy === 'reject') {
    if (active[0]) throw await busyThread(database, threadId, active[0].run_id)
    if (questionWaits && !answers) throw askingThread(threadId)
  }
  const replaces = multitaskStrategy === 'interrupt' || multitaskStrategy === 'rollback'
  if (replaces) {
    for (const other of active) {
      notifications.push(...(await cancelActiveRun(context, database, thread, other, { action: multitaskStrategy })))
    }
  }
  const { request, kinds } = await boundRequest(context, database, run, thread, active.length > 0)
  // Behind an active run, the question is settled by the end of that run.
  if (questionWaits && active.length === 0 && !keepsQuestion) {
    await withdrawQuestions(context, database, threadId, runId)
  }
  const first = questionWaits && (keepsQuestion || replaces)
  const accepted = await enqueueRun(context, database, {
    ...run,
    // The answer continues the work of the user whose run asked, with that user's identity and memories.
    owner: answer ? answer.owner : scope.owner,
    metadata: { ...run.assistant?.metadata, ...run.metadata },
    threadId,
    request,
    first,
  })
  return { run: accepted, notifications: [...notifications, { kind: 'queued' }], decided: kinds }
}

/** Whether a run only continues its thread, without input: it asks the same question again. */
const repeatsQuestion = ({ input, command, checkpoint }: RunRequest): boolean =>
  (input === undefined || input === null) && command === undefined && checkpoint === undefined

/** Returns the run's request with its resume assigned to the pending interrupts. Only a thread without an active run can be resumed. */
async function boundRequest(
  context: RunsContext,
  database: pg.PoolClient,
  { request, graphId, runId, answerer }: NewRun,
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
  const { interrupts, closed, stopped } = await interruptsAt(context, database, thread, graphId, request.checkpoint)
  // A client changed the state of a waiting graph, so nothing is pending. As in LangGraph, the graph's next interrupt gets the answer.
  const asksAgain = stopped && Object.keys(interrupts).length === 0 && isOwnAnswer(command.resume)
  if (asksAgain) return { request, kinds: [] }
  const pending = resumeAnswers(command.resume, interrupts, closed)
  const { tenant, owner: user } = context.scope
  const by = { tenant, threadId: thread.thread_id, runId, graphId, user, answerer }
  const { answers, kinds } = await decideApprovals(database, interrupts, pending, by)
  return { request: { ...request, command: { ...command, resume: answers } }, kinds }
}
