import { isApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { eventsAtEnd } from '@hadal/middleware/approvals/approval-state'
import { jsonbText } from '../../store/json-text.ts'
import { findQuestion, insertClosed, openQuestions } from '../../store/queries/approval-events.ts'
import { holdRuns, restAtQuestion } from '../../store/queries/held-runs.ts'
import { findInterrupts, type ThreadRow, updateInterrupts } from '../../store/queries/thread-rows.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { RunsContext } from '../runs-context.ts'

/** A change of a thread's state: by the end of a run, or by a client that wrote the state, in which case `runId` is null. */
export interface StateChange {
  readonly runId: string | null
  readonly actor: string
  /** Reason for the change as the approval ledger records it, for example `its run ended: success`. */
  readonly reason: string
  /** Whether the waiting runs of the thread are held if it shows a question. True for the end of a run, which is when a question begins to show. */
  readonly holds?: boolean
}

const digestOf = (value: unknown): string | undefined => (isApprovalRequest(value) ? value.approval.digest : undefined)

/**
 * Updates the approval ledger after a change of a thread's state. An answer that was not used becomes invalid, and its approval request waits again.
 * A request that the thread no longer shows is withdrawn. The caller's transaction must hold the thread's lock and have written the thread's new
 * state.
 */
export async function settleApprovals(
  { scope: { tenant } }: Pick<RunsContext, 'scope'>,
  client: Queryable,
  threadId: string,
  { runId, actor, reason, holds = false }: StateChange,
): Promise<void> {
  const open = await openQuestions(client, { tenant, threadId })
  const interrupts = await findInterrupts(client, { tenant, threadId })
  const shown = new Set(
    Object.values(interrupts)
      .flat()
      .flatMap(({ value }) => digestOf(value) ?? []),
  )
  for (const { digest, state } of open) {
    for (const event of eventsAtEnd(state, shown.has(digest))) {
      const written = event === 'not executed' ? 'unused' : 'withdrawn'
      await insertClosed(client, { event: written, digest, runId, actor, reason })
    }
    shown.delete(digest)
  }
  const closed = new Set<string>()
  for (const digest of shown) if (await findQuestion(client, { tenant, threadId, digest })) closed.add(digest)
  if (closed.size > 0)
    await updateInterrupts(client, { tenant, threadId }, jsonbText(withoutClosed(interrupts, closed)))
  if (holds) await holdRuns(client, { tenant, threadId })
  await restAtQuestion(client, { tenant, threadId })
}

/**
 * Returns the thread's pending interrupts without those whose approval request is closed. LangGraph still shows an interrupt after its task was
 * resumed and then failed or was stopped. Such a request can't be answered again, because its tool call has begun.
 */
function withoutClosed(interrupts: ThreadRow['interrupts'], closed: ReadonlySet<string>): ThreadRow['interrupts'] {
  const left = Object.entries(interrupts).map(
    ([task, asked]) => [task, asked.filter(({ value }) => !closed.has(digestOf(value) ?? ''))] as const,
  )
  return Object.fromEntries(left.filter(([, asked]) => asked.length > 0))
}
