import type { ThreadRow } from '../../store/queries/thread-rows.ts'
import type { RunsContext } from '../runs-context.ts'
import { closedApprovals } from './closed-approvals.ts'

/**
 * Digests of the calls in the rows of threads that an active run has the answers of. The row of a thread is written at the end of a run: meanwhile it
 * lists the calls that waited before. Reads nothing if no such thread has a call that waits.
 */
export async function answeredCalls(
  { pool, tenant }: Pick<RunsContext, 'pool' | 'tenant'>,
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
