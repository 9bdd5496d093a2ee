import { type DueRule, ownTtl, prunableFor, prunableUnusedFor, unusedFor } from '../../store/queries/due-threads.ts'
import type { KeepLatest } from './prune-locked.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** Minutes without use after which a thread keeps only its latest checkpoints: between two turns that follow one another, nothing is removed. */
const restingMinutes = 1
const minutesPerDay = 1_440
const msPerDay = minutesPerDay * 60_000

/** A rule under which the sweeper deletes threads, or removes their checkpoints. */
export interface RetentionRule {
  /** The rule as an operator knows it, for the output of `hadal-runtime prune`. */
  readonly name: string
  readonly due: DueRule
  /** Which checkpoints of a due thread are removed; undefined if the thread is deleted. */
  readonly keepLatest: KeepLatest | undefined
}

/** Returns the rules of a server, in the order in which it applies them. */
export function retentionRules({
  threadTtl,
  checkpointDays,
  keepLatest,
  keepTurns,
}: RetentionSettings): RetentionRule[] {
  const anyAge: KeepLatest = { keepTurns, minimumAgeMs: 0 }
  const rules: RetentionRule[] = [{ name: 'ttl of a thread, delete', due: ownTtl('delete'), keepLatest: undefined }]
  if (threadTtl?.strategy === 'delete') {
    rules.push({ name: 'default ttl, delete', due: unusedFor('delete', threadTtl.minutes), keepLatest: undefined })
  }
  rules.push({ name: 'ttl of a thread, keep_latest', due: ownTtl('keep_latest'), keepLatest: anyAge })
  if (threadTtl?.strategy === 'keep_latest') {
    rules.push({
      name: 'default ttl, keep_latest',
      due: unusedFor('keep_latest', threadTtl.minutes),
      keepLatest: anyAge,
    })
  }
  if (keepLatest) {
    rules.push({ name: 'keep only the latest checkpoints', due: prunableUnusedFor(restingMinutes), keepLatest: anyAge })
  } else if (checkpointDays > 0) {
    rules.push({
      name: `checkpoints older than ${checkpointDays} days`,
      due: prunableFor(checkpointDays * minutesPerDay),
      keepLatest: { keepTurns, minimumAgeMs: checkpointDays * msPerDay },
    })
  }
  return rules
}
