import { questionWaits } from '../store/queries/held-runs.ts'
import { activeRuns, type RunRow } from '../store/queries/run-rows.ts'
import type { LockedThread } from '../store/queries/thread-rows.ts'
import type { Queryable } from '../store/transaction.ts'

/** Active runs of a thread, and whether the thread waits for the answer to a question about a tool call. */
export interface ThreadActivity {
  /** Whether the thread shows a question that has no final answer. */
  readonly questionWaits: boolean
  /** Runs that a worker executes or may start, oldest first. */
  readonly active: readonly RunRow[]
  /** Runs that start after the answer, oldest first. */
  readonly held: readonly RunRow[]
}

/** Reads the active runs of a thread. The caller's transaction must hold the thread's lock. */
export async function threadActivity(
  database: Queryable,
  tenant: string,
  thread: LockedThread,
): Promise<ThreadActivity> {
  const runs = await activeRuns(database, { tenant, threadId: thread.thread_id })
  const asks = Object.keys(thread.interrupts).length > 0
  if (!asks || !(await questionWaits(database, { tenant, threadId: thread.thread_id }))) {
    return { questionWaits: false, active: runs, held: [] }
  }
  const isHeld = (run: RunRow): boolean => run.held && run.status === 'pending' && run.started_at === null
  return {
    questionWaits: true,
    active: runs.filter((run) => !isHeld(run)),
    held: runs.filter(isHeld),
  }
}
