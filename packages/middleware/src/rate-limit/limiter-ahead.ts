import type { Bucket, Decision, Limiter } from './limiter.ts'

/** State of the buckets of one caller, as far as this process knows it. */
interface Known {
  decision?: Decision
  /** Number of tokens that are certainly left, after all pending takes. */
  left: number
  /** Number of takes that the limiter has not answered yet. */
  pending: number
}

/**
 * Creates a rate limiter that admits a call at once if its buckets certainly have a token, and takes the token from the given limiter in the
 * background. It is for buckets from which only one process takes tokens at a time, such as those of a run: for them the limit stays exact. If two
 * processes use a bucket, each of them can admit as many calls too many as it has pending takes.
 *
 * @param mostCallers maximum number of callers whose buckets are known; the least recently used are removed
 */
export function createLimiterAhead(limiter: Limiter, mostCallers = 10_000): Limiter {
  const callers = new Map<string, Known>()

  async function ask(known: Known, tenant: string, buckets: readonly Bucket[]): Promise<Decision> {
    known.pending += 1
    let left = 0
    try {
      const decision = await limiter.take(tenant, buckets)
      known.decision = decision
      if (decision.admitted) left = decision.remaining
      return decision
    } finally {
      known.pending -= 1
      known.left = Math.max(0, left - known.pending)
    }
  }

  function knownOf(key: string): Known {
    const known = callers.get(key) ?? { left: 0, pending: 0 }
    callers.delete(key)
    callers.set(key, known)
    const [oldest] = callers.keys()
    if (callers.size > mostCallers && oldest !== undefined) callers.delete(oldest)
    return known
  }

  return {
    async take(tenant, buckets) {
      const known = knownOf(JSON.stringify([tenant, buckets]))
      if (known.left === 0 || !known.decision) return ask(known, tenant, buckets)
      known.left -= 1
      // After a failure, the next call waits for the limiter again.
      ask(known, tenant, buckets).catch(() => {})
      return { ...known.decision, remaining: known.left }
    },
  }
}
