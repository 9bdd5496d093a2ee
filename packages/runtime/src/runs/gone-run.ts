import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import { threadExists } from '../store/queries/thread-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import type { RunError } from './resting-thread.ts'

/** A run and its thread, by their ids. */
export interface RunIds {
  readonly runId: string
  readonly threadId: string
}

/**
 * What clients that follow a run are told when the run is not there any more.
 *
 * @param lastSeen the status that the run had when it was last read; undefined if it was never read
 */
export async function goneRun(
  database: Queryable,
  { runId, threadId }: RunIds,
  lastSeen: RunStatus | undefined,
): Promise<RunError> {
  if (!(await threadExists(database, threadId)))
    return { error: 'ThreadDeleted', message: `Thread ${threadId} was deleted, and run ${runId} with it.` }
  // Only a run that is over can be deleted by itself.
  if (lastSeen !== undefined && !isOver(lastSeen)) {
    const message = `Run ${runId} was rolled back. Thread ${threadId} is as it was before the run.`
    return { error: 'RunRolledBack', message }
  }
  const message = `Run ${runId} was deleted or rolled back. Read the state of thread ${threadId} to see what is left.`
  return { error: 'RunDeleted', message }
}
