import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import { threadExists } from '../store/queries/thread-rows.ts'
import type { Scope } from '../store/scope.ts'
import type { Queryable } from '../store/transaction.ts'
import type { RunError } from './resting-thread.ts'

/** Error of a client that follows a run or a thread when the thread was deleted. */
export const threadDeleted = 'ThreadDeleted'

/** Ids of a run and of its thread. */
export interface RunIds {
  readonly runId: string
  readonly threadId: string
}

/**
 * The error for clients that follow a run when the run no longer exists.
 *
 * @param lastSeen status of the run when it was last read; undefined if it was never read
 */
export async function goneRun(
  database: Queryable,
  scope: Scope,
  { runId, threadId }: RunIds,
  lastSeen: RunStatus | undefined,
): Promise<RunError> {
  if (!(await threadExists(database, scope, threadId)))
    return { error: threadDeleted, message: `Thread ${threadId} was deleted, and run ${runId} with it.` }
  // A run that is not over can't be deleted without its thread, so it was rolled back.
  if (lastSeen !== undefined && !isOver(lastSeen)) {
    const message = `Run ${runId} was rolled back. Thread ${threadId} is as it was before the run.`
    return { error: 'RunRolledBack', message }
  }
  const message = `Run ${runId} was deleted or rolled back. Read the state of thread ${threadId} to see what is left.`
  return { error: 'RunDeleted', message }
}
