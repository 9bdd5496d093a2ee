import { isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { jsonbText } from '../../store/json-text.ts'
import { findInterrupts, updateInterrupts } from '../../store/queries/thread-rows.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { RunsContext } from '../runs-context.ts'
import { settleApprovals } from './settle-approvals.ts'

/**
 * Withdraws the questions about tool calls that a thread shows, because it accepted a run that does not answer them. The thread shows them no
 * longer. The caller's transaction must hold the thread's lock.
 */
export async function withdrawQuestions(
  context: Pick<RunsContext, 'scope'>,
  client: Queryable,
  threadId: string,
  runId: string,
): Promise<void> {
  const { tenant } = context.scope
  const interrupts = Object.entries(await findInterrupts(client, { tenant, threadId })).map(
    ([task, asked]) => [task, asked.filter(({ value }) => !isApprovalRequest(value))] as const,
  )
  const others = Object.fromEntries(interrupts.filter(([, asked]) => asked.length > 0))
  await updateInterrupts(client, { tenant, threadId }, jsonbText(others))
  const reason = 'a run was accepted that does not answer it'
  await settleApprovals(context, client, threadId, { runId, actor: 'hadal:run', reason })
}
