import { randomUUID } from 'node:crypto'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonbText, jsonTextInTurns } from '../store/json-text.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { insertSubmittedRun, type SubmittedRun } from '../store/queries/submit-run.ts'
import { changeable } from '../store/scope.ts'
import { unknownAssistant } from './assistants/run-assistant.ts'
import { busyThread } from './busy-thread.ts'
import { takenThread, unknownThread } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'
import type { NewRun } from './submit-run.ts'
import { fullQueue } from './tenant-limits.ts'

/**
 * A run that the database accepts in one statement: it answers no interrupt, names no checkpoint, gives no TTL to its thread, cancels no other run
 * and has no credentials.
 */
export interface OrdinaryRun extends NewRun {
  readonly multitaskStrategy: SubmittedRun['multitaskStrategy']
}

export function isOrdinary(run: NewRun): run is OrdinaryRun {
  if (run.credentials) return false
  const { checkpoint, command } = run.request
  const namesCheckpoint = Boolean(checkpoint?.checkpoint_id) || Object.keys(checkpoint?.checkpoint_map ?? {}).length > 0
  if (command?.resume !== undefined || namesCheckpoint || run.ttl !== undefined) return false
  // A thread does not get the metadata of the assistant, which its run inherits.
  if (threadOf(run) !== 'existing' && Object.keys(run.assistant?.metadata ?? {}).length > 0) return false
  return run.multitaskStrategy === 'reject' || run.multitaskStrategy === 'enqueue'
}

const threadOf = ({ createThread, threadId }: NewRun): SubmittedRun['thread'] => {
  if (threadId === undefined) return 'new'
  return createThread ? 'any' : 'existing'
}

/**
 * Accepts a run in one round trip. If this process has an idle worker and no other run waits, the worker starts the run at once.
 *
 * @returns the run as it was accepted, pending even if it has started meanwhile; undefined if nothing was written, because the thread shows a question
 *   about a tool call
 * @throws {Refusal} 404 if the thread is unknown; 409 if its id is taken, or if another run is active and the strategy is `reject`
 */
export async function submitInOneStatement(context: RunsContext, run: OrdinaryRun): Promise<RunRow | undefined> {
  const { runId } = run
  const threadId = run.threadId ?? randomUUID()
  const request = await jsonTextInTurns(run.request)
  const place = run.afterSeconds ? undefined : context.places.reserve(runId)
  try {
    const submission = await insertSubmittedRun(context.pool, {
      scope: changeable(context.scope),
      threadId,
      thread: threadOf(run),
      temporary: run.threadId === undefined && !run.keepThread,
      runId,
      graphId: run.graphId,
      assistantId: run.assistantId,
      multitaskStrategy: run.multitaskStrategy,
      isMade: run.assistant !== undefined,
      metadata: jsonbText({ ...run.assistant?.metadata, ...run.metadata }),
      request,
      afterSeconds: run.afterSeconds,
      idleInstance: place && context.instanceId,
      limits: context.limits,
    })
    if (submission.kind === 'unknown_assistant') throw unknownAssistant(context.agents, run.assistantId)
    if (submission.kind === 'unknown_thread') throw run.createThread ? takenThread(threadId) : unknownThread(threadId)
    if (submission.kind === 'question') return undefined
    if (submission.kind === 'full_tenant') throw fullQueue('tenant', context.limits)
    if (submission.kind === 'full_user') throw fullQueue('user', context.limits)
    if (submission.kind === 'busy') throw await busyThread(context.pool, threadId, submission.runId)
    const accepted = submission.run
    if (submission.kind === 'started')
      place?.start({ lease: { tenant: accepted.tenant, runId, threadId, attempt: 0 }, started: accepted })
    else context.notifications.send({ kind: 'queued' })
    return { ...accepted, status: 'pending', attempt: null, started_at: null }
  } catch (error) {
    if (isConnectionTrouble(error)) place?.lose()
    throw error
  } finally {
    place?.release()
  }
}
