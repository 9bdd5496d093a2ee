import { type RunAttempt, workerDiedToo } from '../../store/queries/run-attempts.ts'

/** Number of processes in a row that died with a run, which make it a suspect. */
const deathsOfSuspect = 2
/** Number of leases in a row that were lost with a run: it may block the event loop of each worker that takes it. */
const lossesOfSuspect = 3
/** Number of its child processes that died while their worker lived, after which a suspect is not tried again. */
export const mostChildDeaths = 3
const minuteMs = 60_000
const longestWaitMs = 60 * minuteMs

/** What the attempts since a run's newest checkpoint say about it. */
export type Suspicion =
  | { readonly kind: 'none' }
  /** It may have killed the processes that it was in. */
  | {
      readonly kind: 'suspect'
      /** Number of workers that died with its child process. */
      readonly workerDeaths: number
      /** When it may be tried again, where it must wait. */
      readonly notBefore?: Date
    }
  /** It killed its child process so often that it is not tried again. */
  | { readonly kind: 'guilty' }

/**
 * Whether a run may have killed the processes that it was in: it was under way in two different processes that died one after the other, and
 * wrote no checkpoint in between. A run with which three leases in a row were lost is a suspect as well: in a child process it blocks nothing but
 * itself. Only the deaths of its child processes while their worker lived count as evidence against it. An orderly
 * return neither adds a death nor clears the run.
 *
 * @param attempts those before the one that begins, oldest first
 * @param checkpoint the run's newest checkpoint
 */
export function suspicionOf(attempts: readonly RunAttempt[], checkpoint: string | null): Suspicion {
  const dead = new Set<string>()
  const inChild: RunAttempt[] = []
  let losses = 0
  for (const attempt of attempts.toReversed()) {
    if (attempt.checkpoint_at_start !== checkpoint) break
    if (attempt.parent_id !== null) inChild.push(attempt)
    else if (attempt.reason === 'process_died') {
      // Deaths count in a row: not across a lost lease.
      if (losses === 0) dead.add(attempt.instance_id)
    } else if (attempt.reason === 'lease_late' || attempt.reason === 'loop_blocked') losses += 1
    else if (attempt.reason !== 'returned') break
  }
  if (dead.size < deathsOfSuspect && losses < lossesOfSuspect) return { kind: 'none' }
  const died = inChild.filter(({ reason }) => reason === 'process_died')
  const withWorker = died.filter(({ detail }) => detail === workerDiedToo)
  if (died.length - withWorker.length >= mostChildDeaths) return { kind: 'guilty' }
  const notBefore = latest([...waitsOf(withWorker), ...waitAfterFailedStart(inChild[0])])
  return { kind: 'suspect', workerDeaths: withWorker.length, ...(notBefore ? { notBefore } : {}) }
}

/** From 1 minute on, twice as long after each death of a worker, at most 1 hour. @param withWorker the newest first */
function waitsOf([newest, ...earlier]: readonly RunAttempt[]): Date[] {
  if (!newest?.ended_at) return []
  const wait = Math.min(minuteMs * 2 ** earlier.length, longestWaitMs)
  return [new Date(newest.ended_at.getTime() + wait)]
}

/** A child process that did not start says why, and the next is not tried at once. */
const waitAfterFailedStart = (newest: RunAttempt | undefined): Date[] =>
  newest?.reason === 'returned' && newest.detail !== null && newest.ended_at
    ? [new Date(newest.ended_at.getTime() + minuteMs)]
    : []

const latest = (dates: readonly Date[]): Date | undefined =>
  dates.toSorted((one, other) => other.getTime() - one.getTime())[0]
