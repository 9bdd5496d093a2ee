import { type RunAttempt, workerDiedToo } from '../../store/queries/run-attempts.ts'

/** Number of consecutive deaths of a run's processes after which the run is a suspect and is executed in a child process. */
const deathsOfSuspect = 2
/** Number of consecutive lost leases after which a run is a suspect: it may block the event loop of each worker that executes it. */
const lossesOfSuspect = 3
/** Number of a suspect's child processes that died while their worker lived, after which the suspect is not executed again. */
export const mostChildDeaths = 3
const minuteMs = 60_000
/** Maximum pause between two attempts at a suspect run, in milliseconds. */
const longestWaitMs = 60 * minuteMs

/** Result of the check whether a run may have killed its processes, from its attempts since its newest checkpoint. */
export type Suspicion =
  | { readonly kind: 'none' }
  /** Verdict: the run may have killed the processes that executed it. */
  | {
      readonly kind: 'suspect'
      /** Number of workers that died together with the run's child process. */
      readonly workerDeaths: number
      /** Earliest time of the run's next attempt, if the run must wait. */
      readonly notBefore?: Date
    }
  /** Verdict: the run killed so many child processes that it is not executed again. */
  | { readonly kind: 'guilty' }

/**
 * Whether a run may have killed the processes that executed it. It is a suspect if it was active in two different processes that died one
 * after the other, without a new checkpoint in between. It is also a suspect after three consecutive lost leases: in a child process it blocks
 * only itself. Only deaths of its child processes while their worker lived make it guilty. An orderly return neither counts as a death nor
 * clears the run.
 *
 * @param attempts earlier attempts, oldest first
 * @param checkpoint id of the run's newest checkpoint
 */
export function suspicionOf(attempts: readonly RunAttempt[], checkpoint: string | null): Suspicion {
  const dead = new Set<string>()
  const inChild: RunAttempt[] = []
  let losses = 0
  for (const attempt of attempts.toReversed()) {
    if (attempt.checkpoint_at_start !== checkpoint) break
    if (attempt.parent_id !== null) inChild.push(attempt)
    else if (attempt.reason === 'process_died') {
      // Only consecutive deaths count: a lost lease interrupts them.
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

/**
 * Returns the time until which a suspect run waits after deaths of workers: 1 minute, doubled by each death, at most 1 hour.
 *
 * @param withWorker attempts whose worker died with the child process, newest first
 */
function waitsOf([newest, ...earlier]: readonly RunAttempt[]): Date[] {
  if (!newest?.ended_at) return []
  const wait = Math.min(minuteMs * 2 ** earlier.length, longestWaitMs)
  return [new Date(newest.ended_at.getTime() + wait)]
}

/**
 * Returns the time until which a suspect run waits after a child process that did not start: 1 minute. Such an attempt is recorded as `returned`
 * with a detail.
 */
const waitAfterFailedStart = (newest: RunAttempt | undefined): Date[] =>
  newest?.reason === 'returned' && newest.detail !== null && newest.ended_at
    ? [new Date(newest.ended_at.getTime() + minuteMs)]
    : []

const latest = (dates: readonly Date[]): Date | undefined =>
  dates.toSorted((one, other) => other.getTime() - one.getTime())[0]
