import { newestStartedRun } from '../../store/queries/run-rows.ts'
import type { LockedThread } from '../../store/queries/thread-rows.ts'
import type { Queryable } from '../../store/transaction.ts'
import { Refusal } from '../refusal.ts'
import { isRunRequest, type RunRequest } from '../run-request.ts'
import type { RunsContext } from '../runs-context.ts'
import type { NewRun } from '../submit-run.ts'

/** Returns the request of a thread's last run without input, command and checkpoint: its context, configuration and stream modes. */
export function continued({
  input: _input,
  command: _command,
  checkpoint: _checkpoint,
  ...rest
}: RunRequest): RunRequest {
  return rest
}

/**
 * Returns the run with which an approver answers a question on another user's thread: it continues the thread's last run as that run was configured. Of
 * the approver's request it takes the answer and what the approver wants to be sent. The caller's transaction must hold the thread's lock.
 *
 * @throws {Refusal} 403 if the request does more than answer
 */
export async function answerOfAnother(
  { scope }: Pick<RunsContext, 'scope'>,
  database: Queryable,
  run: NewRun,
  { thread_id: threadId }: LockedThread,
): Promise<NewRun> {
  const { input, command, checkpoint, streamModes, streamSubgraphs } = run.request
  const { resume, ...further } = command ?? {}
  const replaces = run.multitaskStrategy === 'interrupt' || run.multitaskStrategy === 'rollback'
  const isAnswer = (input === undefined || input === null) && Object.keys(further).length === 0 && !checkpoint
  if (!isAnswer || replaces || run.afterSeconds) {
    throw new Refusal(
      403,
      `Thread ${threadId} belongs to another user, and with the role "approve" you may only answer its question. Send command.resume without input, command.update, command.goto, checkpoint, after_seconds and the strategies "interrupt" and "rollback".`,
      { code: 'only_answers' },
    )
  }
  const last = await newestStartedRun(database, { tenant: scope.tenant, threadId })
  if (!last || !isRunRequest(last.request)) return run
  const { assistant: _assistant, ttl: _ttl, ...rest } = run
  return {
    ...rest,
    graphId: last.graph_id,
    assistantId: last.assistant_id,
    metadata: last.metadata,
    request: { ...continued(last.request), streamModes, streamSubgraphs, command: { resume } },
  }
}
