import { markPruned, markRemoved } from '../../store/queries/due-threads.ts'
import { listCheckpointFacts, removeCheckpoints, removeOrphanedValues } from '../../store/queries/thread-checkpoints.ts'
import type { Queryable } from '../../store/transaction.ts'
import { type DatedCheckpoint, type PrunePlan, prunePlan } from './prune-plan.ts'

/** Maximum number of checkpoints that one transaction removes. */
const checkpointsPerBatch = 500
/** Maximum number of channel values that one transaction removes. */
const valuesPerBatch = 5_000

/** Which checkpoints keep-latest may remove. */
export interface KeepLatest {
  /** Number of last turns whose first checkpoint stays. */
  readonly keepTurns: number
  /** Minimum age of a removed checkpoint, in milliseconds. */
  readonly minimumAgeMs: number
}

/** Reads the checkpoints of a thread and plans which of them to remove. */
export async function planPrune(
  database: Queryable,
  threadId: string,
  { keepTurns, minimumAgeMs }: KeepLatest,
  most = checkpointsPerBatch,
): Promise<PrunePlan> {
  const before = Date.now() - minimumAgeMs
  const facts = await listCheckpointFacts(database, threadId)
  const checkpoints = facts.map(({ namespace, id, parent, source, parents, written_at, rebuilt }): DatedCheckpoint => {
    const writtenAt = Date.parse(written_at ?? '')
    return {
      namespace,
      id,
      parent,
      source,
      enclosing: parents ?? {},
      needsAncestors: rebuilt,
      writtenAt: Number.isNaN(writtenAt) ? 0 : writtenAt,
    }
  })
  return prunePlan(checkpoints, { keepTurns, before, most })
}

/**
 * Removes the checkpoints of a thread that keep-latest does not keep, with their writes and the values that no other checkpoint has, up to a
 * maximum. The caller's transaction must hold the thread's lock, and no run of the thread may be active.
 *
 * @returns number of removed checkpoints, and whether nothing more is to remove now
 */
export async function pruneThread(
  database: Queryable,
  threadId: string,
  keepLatest: KeepLatest,
): Promise<{ readonly removed: number; readonly complete: boolean }> {
  const plan = await planPrune(database, threadId, keepLatest)
  const removed = plan.remove.length
  if (removed > 0) {
    await removeCheckpoints(database, threadId, plan.remove, plan.newParents)
    await markRemoved(database, threadId)
  }
  // Values are looked for once, when all checkpoints are gone: the search reads every checkpoint that is left.
  const values = plan.complete ? await removeOrphanedValues(database, threadId, valuesPerBatch) : 0
  const complete = plan.complete && values < valuesPerBatch
  if (complete) await markPruned(database, threadId, plan.nextAt === undefined ? null : new Date(plan.nextAt))
  return { removed, complete }
}
