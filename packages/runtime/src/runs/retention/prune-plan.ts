import { checkpointsToKeep, keyOf, type PlannedCheckpoint } from './checkpoints-to-keep.ts'

/** A checkpoint with the time at which it was written. */
export interface DatedCheckpoint extends PlannedCheckpoint {
  /** Milliseconds since 1970. */
  readonly writtenAt: number
}

export interface PruneLimits {
  /** Number of last turns whose first checkpoint stays. */
  readonly keepTurns: number
  /** Only checkpoints that were written before this time, in milliseconds since 1970, are removed. */
  readonly before: number
  /** Maximum number of checkpoints to remove. */
  readonly most: number
}

/** What one prune of a thread does. */
export interface PrunePlan {
  readonly remove: readonly DatedCheckpoint[]
  /** New parents of checkpoints that stay and whose parent is removed: the nearest earlier checkpoint that stays, if any. */
  readonly newParents: readonly { readonly namespace: string; readonly id: string; readonly parent: string | null }[]
  /** Whether no checkpoint that may be removed is left. */
  readonly complete: boolean
  /** Time at which the oldest checkpoint was written that nothing needs and that is too young to be removed; undefined without one. */
  readonly nextAt: number | undefined
}

/**
 * Plans which checkpoints of a thread to remove. A later plan for what is left comes to the same decisions, because branches keep their form: only
 * checkpoints between two others are removed, and the later one then follows the earlier one.
 *
 * @param checkpoints all checkpoints of the thread, oldest first
 */
export function prunePlan(
  checkpoints: readonly DatedCheckpoint[],
  { keepTurns, before, most }: PruneLimits,
): PrunePlan {
  const keep = checkpointsToKeep(checkpoints, keepTurns)
  const needless = checkpoints.filter((checkpoint) => !keep.has(keyOf(checkpoint)))
  const due = needless.filter(({ writtenAt }) => writtenAt < before)
  const remove = due.slice(0, most)
  const removed = new Map(remove.map((checkpoint) => [keyOf(checkpoint), checkpoint]))
  const newParents = checkpoints.flatMap((checkpoint) => {
    if (checkpoint.parent === null || removed.has(keyOf(checkpoint))) return []
    const { namespace, id } = checkpoint
    let parent: string | null = checkpoint.parent
    while (parent !== null) {
      const earlier = removed.get(keyOf({ namespace, id: parent }))
      if (!earlier) break
      parent = earlier.parent
    }
    return parent === checkpoint.parent ? [] : [{ namespace, id, parent }]
  })
  const young = needless.filter(({ writtenAt }) => writtenAt >= before).map(({ writtenAt }) => writtenAt)
  return {
    remove,
    newParents,
    complete: remove.length === due.length,
    nextAt: young.length > 0 ? young.reduce((a, b) => Math.min(a, b)) : undefined,
  }
}
