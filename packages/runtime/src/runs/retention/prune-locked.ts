import { markPruned, markRemoved, type PrunedThread } from '../../store/queries/due-threads.ts'
import { databaseTime } from '../../store/queries/suspects.ts'
import {
  type CheckpointFacts,
  listCheckpointFacts,
  removeCheckpoints,
  removeOrphanedValues,
} from '../../store/queries/thread-checkpoints.ts'
import type { Queryable } from '../../store/transaction.ts'
import { type DatedCheckpoint, type PrunePlan, prunePlan } from './prune-plan.ts'

/** Maximum number of checkpoints that one transaction removes. */
const checkpointsPerBatch = 250
/** Maximum number of channel values that one transaction removes. */
const valuesPerBatch = 2_500

/** Which checkpoints keep-latest may remove. */
export interface KeepLatest {
  /** Number of last turns whose first checkpoint stays. */
  readonly keepTurns: number
  /** Minimum age of a removed checkpoint, in milliseconds. */
  readonly minimumAgeMs: number
}

function datedCheckpoint({
  namespace,
  id,
  parent,
  source,
  parents,
  written_at,
  rebuilt,
}: CheckpointFacts): DatedCheckpoint {
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
}

/** Reads the checkpoints of threads and plans which of them to remove, at most `most` in all. */
export async function planPrunes(
  database: Queryable,
  threadIds: readonly string[],
  { keepTurns, minimumAgeMs }: KeepLatest,
  most = checkpointsPerBatch,
): Promise<readonly (PrunePlan & { readonly threadId: string })[]> {
  // The database's clock also decides which threads are due: with another one, a thread could stay due although nothing of it is old enough.
  const before = (await databaseTime(database)).getTime() - minimumAgeMs
  const facts = Map.groupBy(await listCheckpointFacts(database, threadIds), ({ thread_id }) => thread_id)
  let left = most
  return threadIds.map((threadId) => {
    const plan = prunePlan((facts.get(threadId) ?? []).map(datedCheckpoint), { keepTurns, before, most: left })
    left -= plan.remove.length
    return { ...plan, threadId }
  })
}

/**
 * Removes the checkpoints of threads that keep-latest does not keep, with their writes and the values that no other checkpoint has, up to a maximum.
 * The caller's transaction must hold the threads' locks, and no run of them may be active.
 *
 * @returns number of removed checkpoints, and whether nothing more is to remove now
 */
export async function pruneLocked(
  database: Queryable,
  threadIds: readonly string[],
  keepLatest: KeepLatest,
): Promise<{ readonly removed: number; readonly complete: boolean }> {
  const plans = await planPrunes(database, threadIds, keepLatest)
  const remove = plans.flatMap((plan) =>
    plan.remove.map(({ namespace, id }) => ({ threadId: plan.threadId, namespace, id })),
  )
  if (remove.length > 0) {
    const newParents = plans.flatMap(({ threadId, newParents }) => newParents.map((one) => ({ ...one, threadId })))
    await removeCheckpoints(database, remove, newParents)
    await markRemoved(
      database,
      plans.filter((plan) => plan.remove.length > 0).map(({ threadId }) => threadId),
    )
  }
  // Values are looked for once, when all checkpoints are gone: the search reads every checkpoint that is left.
  const done = plans.filter(({ complete }) => complete)
  const ids = done.map(({ threadId }) => threadId)
  const values = ids.length > 0 ? await removeOrphanedValues(database, ids, valuesPerBatch) : 0
  if (values === valuesPerBatch) return { removed: remove.length, complete: false }
  const pruned = done.map(
    ({ threadId, nextAt }): PrunedThread => ({ threadId, nextAt: nextAt === undefined ? null : new Date(nextAt) }),
  )
  await markPruned(database, pruned)
  return { removed: remove.length, complete: done.length === plans.length }
}
