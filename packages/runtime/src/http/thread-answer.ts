import { shownByTask } from '../runs/approvals/shown-interrupts.ts'
import type { ListedRun } from '../store/queries/run-rows.ts'
import type { ThreadRow } from '../store/queries/thread-rows.ts'
import { runKwargs } from './run-kwargs.ts'

/**
 * A thread in the API's format.
 *
 * @param closed digests of approval requests that no longer wait for an answer: see closedApprovals
 */
export const threadAnswer = (thread: ThreadRow, closed?: ReadonlySet<string>): Record<string, unknown> => ({
  thread_id: thread.thread_id,
  created_at: thread.created_at.toISOString(),
  updated_at: thread.updated_at.toISOString(),
  state_updated_at: thread.state_updated_at.toISOString(),
  metadata: thread.metadata,
  status: thread.status,
  config: thread.newest_run?.config ?? {},
  context: thread.newest_run?.context ?? {},
  values: thread.values,
  interrupts: shownByTask(thread.interrupts, closed),
  error: thread.error ?? null,
})

/** Reason of a cancel: the client's, else the action. Clients look for the beginning `taken:`. */
const cancelReason = ({ cancel, cancel_reason: reason }: ListedRun): string | null =>
  reason === 'taken' ? 'taken: its input was given to another run' : (reason ?? cancel)

/** A run in the API's format. */
export const runAnswer = (run: ListedRun): Record<string, unknown> => ({
  run_id: run.run_id,
  thread_id: run.thread_id,
  assistant_id: run.assistant_id,
  created_at: run.created_at.toISOString(),
  updated_at: run.updated_at.toISOString(),
  status: run.status,
  metadata: run.metadata,
  kwargs: run.request === undefined ? undefined : runKwargs({ ...run, request: run.request }),
  multitask_strategy: run.multitask_strategy,
  langsmith_session_name: null,
  cancel_reason: cancelReason(run),
})
