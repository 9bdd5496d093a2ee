/** A position in the log of the primary, and the time at which the primary had written up to there. */
interface Sample {
  readonly position: bigint
  /** Time in milliseconds by a clock that does not jump. */
  readonly at: number
}

/** Number of samples that cover the bound. */
const mostSamples = 20

/**
 * Measures by how much a replica lags behind the primary. A replica that has replayed a position has all writes from before the time of its sample.
 * Only this process's clock is used, and a primary without writes has no lag, because its position does not change.
 */
export class LagSamples {
  readonly #boundMs: number
  #samples: Sample[] = []

  /** @param boundMs maximum lag in milliseconds that matters */
  constructor(boundMs: number) {
    this.#boundMs = boundMs
  }

  /** Records the position of the primary at a time. Most records of a busy process are left out: a sample must grow old to be useful. */
  record(position: bigint, at: number): void {
    const last = this.#samples.at(-1)
    if (last && at - last.at < this.#boundMs / mostSamples) return
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= this.#boundMs), { position, at }]
  }

  /** Whether a replica that has replayed a position lacks no write from before the bound. False if no sample is old enough to know it. */
  isWithinBound(replayed: bigint, now: number): boolean {
    return this.#samples.some(({ position, at }) => position <= replayed && now - at <= this.#boundMs)
  }

  /** Maximum lag in seconds of a replica that has replayed a position; Infinity if it is above the bound or unknown. */
  lagSeconds(replayed: bigint, now: number): number {
    const reached = this.#samples.filter(({ position }) => position <= replayed).at(-1)
    return reached ? Math.max((now - reached.at) / 1_000, 0) : Number.POSITIVE_INFINITY
  }
}
