import type { RunAttempt } from '../../store/queries/run-attempts.ts'

/** The run was under way in so many processes that died one after the other. */
const deathsOfSuspect = 2

/**
 * Whether a run may have killed the processes that it was in: it was under way in two different processes that died one after the other, and
 * wrote no checkpoint in between. Attempts in child processes and orderly returns are left out: they neither add a death nor clear the run.
 *
 * @param attempts those before the one that begins, oldest first
 * @param checkpoint the run's newest checkpoint
 */
export function isSuspect(attempts: readonly RunAttempt[], checkpoint: string | null): boolean {
  const dead = new Set<string>()
  for (const attempt of attempts.toReversed()) {
    if (attempt.parent_id !== null || attempt.reason === 'returned') continue
    if (attempt.reason !== 'process_died' || attempt.checkpoint_at_start !== checkpoint) break
    dead.add(attempt.instance_id)
  }
  return dead.size >= deathsOfSuspect
}
