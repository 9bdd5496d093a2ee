import type { ThreadRow } from '../../store/queries/thread-rows.ts'
import type { RunsContext } from '../runs-context.ts'
import { closedApprovals } from './closed-approvals.ts'

/**
 * Digests of calls that have an answer, although the rows of their threads still list them: a row is written at the end of a run, and the run with
 * the answer is active. Reads nothing from the database if no busy thread lists a call.
 */
export async function answeredCalls(
  { pool, scope: { tenant } }: Pick<RunsContext, 'pool' | 'scope'>,
  threads: readonly Pick<ThreadRow, 'thread_id' | 'status' | 'interrupts'>[],
): Promise<ReadonlySet<string>> {
  const busy = threads.filter(({ status }) => status === 'busy')
  const threadIds = busy.map(({ thread_id }) => thread_id)
  return closedApprovals(
    pool,
    { tenant, threadIds },
    busy.map(({ interrupts }) => interrupts),
  )
}
