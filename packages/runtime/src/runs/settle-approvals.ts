import { isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { eventsAtEnd } from '@hadal/middleware/approvals/approval-state'
import { insertClosed, openQuestions } from '../store/queries/approval-events.ts'
import { findInterrupts } from '../store/queries/thread-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import type { RunsContext } from './runs-context.ts'

/** What changed the thread's state: a run that ended, or a client that wrote the state. */
export interface StateChange {
  readonly runId: string | null
  readonly actor: string
  /** For the audit, as what follows "because". */
  readonly reason: string
}

/**
 * Records what a change of the thread's state did to its questions: an answer that was not used is void, and its question waits again; a question that the
 * thread shows no more is withdrawn. The caller's transaction holds the thread's lock and has written the thread's new state.
 */
export async function settleApprovals(
  { tenant }: Pick<RunsContext, 'tenant'>,
  client: Queryable,
  threadId: string,
  { runId, actor, reason }: StateChange,
): Promise<void> {
  const open = await openQuestions(client, { tenant, threadId })
  if (open.length === 0) return
  const shown = new Set(
    Object.values(await findInterrupts(client, threadId))
      .flat()
      .flatMap(({ value }) => (isApprovalRequest(value) ? [value.approval.digest] : [])),
  )
  for (const { digest, state } of open) {
    for (const event of eventsAtEnd(state, shown.has(digest))) {
      const written = event === 'not executed' ? 'unused' : 'withdrawn'
      await insertClosed(client, { event: written, digest, runId, actor, reason })
    }
  }
}
