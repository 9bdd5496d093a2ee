import type { StateSnapshot } from '@langchain/langgraph'
import type { Queryable } from '../../store/transaction.ts'
import { pendingInterrupts } from '../resting-thread.ts'
import { type ThreadState, threadState } from '../thread-state.ts'
import { closedApprovals } from './closed-approvals.ts'

/** The state of a thread in the API's format, with the calls that wait for an approval now. */
export async function shownState(
  database: Queryable,
  { tenant, threadId }: { readonly tenant: string; readonly threadId: string },
  snapshot: StateSnapshot,
): Promise<ThreadState> {
  const closed = await closedApprovals(database, { tenant, threadIds: [threadId] }, [pendingInterrupts(snapshot)])
  return threadState(snapshot, closed)
}
