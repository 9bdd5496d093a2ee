import { setTimeout as pause } from 'node:timers/promises'
import { isConnectionTrouble } from './connection-trouble.ts'
import { leaseSeconds } from './run-queue.ts'

const firstPauseMs = 100
const longestPauseMs = 1_000

interface Patience {
  /** Signal that ends the retries when it is aborted. A pending try may finish. */
  readonly signal?: AbortSignal
  /** Signal that is aborted when the lease is lost. Its reason is then thrown at once, and the result of a pending try is ignored. */
  readonly lost?: AbortSignal
  /** Maximum time in milliseconds from the start of the first try of the retried work to the start of its last try. */
  readonly forMs?: number
}

/**
 * Retries work that failed because the database was unavailable, for as long as a lease may last: a short outage stops no run. Every other error is
 * thrown at once.
 *
 * @param work may run again after it was committed, because the response to a commit can be lost
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

/** Waits for the work until the signal is aborted: a statement on a half-open connection can take 30 s to fail. */
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
