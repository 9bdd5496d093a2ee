import { isUnderReview } from '../store/queries/run-reviews.ts'
import type { Queryable } from '../store/transaction.ts'
import { Refusal } from './refusal.ts'

/** Returns the 409 error for a run with the strategy `reject`. @param runId the active run of the thread */
export async function busyThread(database: Queryable, threadId: string, runId: string): Promise<Refusal> {
  const waits = await isUnderReview(database, runId)
  const state = waits ? ', which waits for its release by an operator after a restore of the database' : ''
  const way = waits ? 'Cancel that run' : 'Wait for it'
  return new Refusal(
    409,
    `Thread ${threadId} is busy with run ${runId}${state}. ${way}, or send multitask_strategy "enqueue", "interrupt" or "rollback".`,
  )
}
