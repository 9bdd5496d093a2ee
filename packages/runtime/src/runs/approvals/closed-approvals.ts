import { closedQuestions } from '../../store/queries/approval-events.ts'
import type { Queryable } from '../../store/transaction.ts'
import { type InterruptsByTask, waitingCalls } from './shown-interrupts.ts'

const none: ReadonlySet<string> = new Set()

/**
 * Digests of the approval requests among pending interrupts that no longer wait for an answer, although LangGraph lists their interrupts: the call has
 * begun, or a run that is active has the answer. Without an approval request it reads nothing.
 */
export async function closedApprovals(
  database: Queryable,
  of: { readonly tenant: string; readonly threadIds: readonly string[] },
  pending: readonly InterruptsByTask[],
): Promise<ReadonlySet<string>> {
  const digests = pending.flatMap((interrupts) =>
    waitingCalls(interrupts).map(({ request }) => request.approval.digest),
  )
  return digests.length === 0 ? none : closedQuestions(database, { ...of, digests })
}
