import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { jsonbText, jsonText } from '../store/json-text.ts'
import { notifyPayload, notifyQuery } from '../store/notifications.ts'
import { insertRun } from '../store/queries/insert-run.ts'
import { activeRuns, type MultitaskStrategy, type RunRow } from '../store/queries/run-rows.ts'
import { insertThread, lockThread, type ThreadRow } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import { cancelActiveRun } from './cancel-run.ts'
import { Refusal, unknownThread } from './refusal.ts'
import { resumeAnswers } from './resume-answers.ts'
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
 * Accepts a run: from here on it reaches exactly one end. The run's row, its job and the busy thread come in one transaction.
 *
 * @throws {Refusal} when the thread is unknown, another run is under way and the strategy is `reject`, or a resume answers nothing pending
 */
export async function submitRun(context: RunsContext, run: NewRun): Promise<RunRow> {
  return transaction(context.pool, async (client) => {
    const thread = await threadFor(client, run)
    const others = await activeRuns(client, thread.thread_id)
    if (others.length > 0 && run.multitaskStrategy === 'reject') {
      throw new Refusal(
        409,
        `Thread ${thread.thread_id} is busy with run ${others[0]?.run_id}. Wait for it, or send multitask_strategy "enqueue", "interrupt" or "rollback".`,
      )
    }
    if (run.multitaskStrategy === 'interrupt' || run.multitaskStrategy === 'rollback') {
      for (const other of others) await cancelActiveRun(context, client, thread, other, run.multitaskStrategy)
    }
    const request = boundRequest(run.request, thread, others.length > 0)
    const runId = randomUUID()
    const inserted = await insertRun(client, {
      runId,
      threadId: thread.thread_id,
      graphId: run.graphId,
      assistantId: run.assistantId,
      multitaskStrategy: run.multitaskStrategy,
      metadata: jsonbText(run.metadata),
      request: jsonText(request),
    })
    await context.boss.send(
      runQueue,
      { threadId: thread.thread_id },
      {
        id: runId,
        singletonKey: thread.thread_id,
        ...(run.afterSeconds ? { startAfter: run.afterSeconds } : {}),
        db: queueDatabase(client),
      },
    )
    await client.query(notifyQuery, [notifyPayload({ kind: 'queued' })])
    return inserted
  })
}

/** What is pending is known only while nothing runs: a resume that waits behind another run could answer what nobody has seen. */
function boundRequest(request: RunRequest, thread: ThreadRow, busy: boolean): RunRequest {
  const { command } = request
  if (command?.resume === undefined) return request
  if (busy) {
    throw new Refusal(
      409,
      `command.resume can't wait behind another run of thread ${thread.thread_id}, for that may change what is pending. Send it when the thread is interrupted.`,
    )
  }
  return { ...request, command: { ...command, resume: resumeAnswers(command.resume, thread.interrupts) } }
}
