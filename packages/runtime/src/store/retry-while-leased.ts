import { setTimeout as pause } from 'node:timers/promises'
import { isConnectionTrouble } from './connection-trouble.ts'
import { leaseSeconds } from './run-queue.ts'

const firstPauseMs = 100
const longestPauseMs = 1_000

interface Patience {
  /** Ends the retries. A try that is under way may finish. */
  readonly signal?: AbortSignal
  /** Aborted when the lease is lost: the result of a try that is under way no longer matters, and the reason of the signal is thrown at once. */
  readonly lost?: AbortSignal
  /** Time in milliseconds from the start of the first try until the start of the last one. */
  readonly forMs?: number
}

/**
 * Repeats work on the database that failed because the database was away, as long as a lease may outlast that: a short outage stops no run.
 * Every other error is thrown at once.
 *
 * @param work may be executed again although it was committed before: the answer to a commit can be lost
 */
export async function retryWhileLeased<Result>(
  work: () => Promise<Result>,
  { signal, lost, forMs = leaseSeconds * 1_000 }: Patience = {},
): Promise<Result> {
  const giveUpAt = performance.now() + forMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await unlessAborted(work, lost)
    } catch (error) {
      const stop = AbortSignal.any([signal, lost].filter((one) => one !== undefined))
      if (!isConnectionTrouble(error) || stop.aborted || performance.now() > giveUpAt) throw error
      await pause(pauseMs, undefined, { signal: stop, ref: false }).catch(() => {})
    }
  }
}

/** Does the work. A statement on a half-open connection can take 30 s to fail, so the wait for it ends when the signal is aborted. */
async function unlessAborted<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work()
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work(), aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
