import { setTimeout as pause } from 'node:timers/promises'
import { isConnectionTrouble } from './connection-trouble.ts'
import { leaseSeconds } from './run-queue.ts'

const firstPauseMs = 100
const longestPauseMs = 1_000

interface Patience {
  /** Ends the retries. */
  readonly signal?: AbortSignal
  /** How long after the first failure the last try begins. */
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
  { signal, forMs = leaseSeconds * 1_000 }: Patience = {},
): Promise<Result> {
  let giveUpAt: number | undefined
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      giveUpAt ??= performance.now() + forMs
      if (!isConnectionTrouble(error) || signal?.aborted || performance.now() > giveUpAt) throw error
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
