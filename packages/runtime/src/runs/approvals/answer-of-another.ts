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

/** Whether a run only answers what its thread waits for: it has no input, names no checkpoint and cancels no other run. */
function isAnswerOnly({ request, multitaskStrategy, afterSeconds }: NewRun): boolean {
  const { input, command, checkpoint } = request
  const { resume, ...further } = command ?? {}
  const replaces = multitaskStrategy === 'interrupt' || multitaskStrategy === 'rollback'
  const acts = (input !== undefined && input !== null) || Object.keys(further).length > 0 || checkpoint !== undefined
  return resume !== undefined && !acts && !replaces && !afterSeconds
}

const onlyAnswers = (threadId: string, why: string): Refusal =>
  new Refusal(
    403,
    `Thread ${threadId} ${why}, and with the role "approve" you may only answer its question. Send command.resume without input, command.update, command.goto, checkpoint, after_seconds and the strategies "interrupt" and "rollback".`,
    { code: 'only_answers' },
  )

/**
 * Checks that a run with `command.resume` only answers, unless its caller has the role "run". This holds for every thread, also one of the caller.
 *
 * @throws {Refusal} 403
 */
export function requireRoleToAct(run: NewRun, threadId: string): void {
  if (run.request.command?.resume === undefined || run.answerer.mayRun || isAnswerOnly(run)) return
  throw onlyAnswers(threadId, 'gets no run of yours, because you lack the role "run"')
}

/** A run that answers a question on another user's thread. */
interface AnsweringRun extends NewRun {
  /** User who started the run that asked, as whom the answering run acts. */
  readonly owner: string | null
}

/**
 * Returns the run with which a caller answers a question on another user's thread: it continues the thread's last run with the configuration of that
 * run. Only the answer and the stream modes are those of the caller's request. The caller's transaction must hold the thread's lock.
 *
 * @returns undefined if the run does more than answer and the caller sees all objects of the tenant: the run is then a run of the caller
 * @throws {Refusal} 403 if the run does more than answer, and the caller may only answer
 */
export async function answerOfAnother(
  { scope }: Pick<RunsContext, 'scope'>,
  database: Queryable,
  run: NewRun,
  { thread_id: threadId, owner }: LockedThread,
): Promise<AnsweringRun | undefined> {
  if (!isAnswerOnly(run)) {
    if (scope.sees === 'all') return undefined
    throw onlyAnswers(threadId, 'belongs to another user')
  }
  const last = await newestStartedRun(database, { tenant: scope.tenant, threadId })
  const { streamModes, streamSubgraphs, command } = run.request
  const before = last && isRunRequest(last.request) ? continued(last.request) : {}
  const { runId, createThread, keepThread, answerer, multitaskStrategy } = run
  return {
    // Only these fields of the caller's run: no credentials, no configuration.
    runId,
    threadId,
    createThread,
    keepThread,
    answerer,
    multitaskStrategy,
    owner: last ? last.owner : owner,
    graphId: last?.graph_id ?? run.graphId,
    assistantId: last?.assistant_id ?? run.assistantId,
    metadata: last?.metadata ?? {},
    request: { ...before, streamModes, streamSubgraphs, command: { resume: command?.resume } },
  }
}
