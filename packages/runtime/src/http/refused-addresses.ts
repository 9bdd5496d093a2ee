import { setNewest } from '../access/set-newest.ts'

/** Maximum number of addresses that are kept. Beyond it, the oldest are forgotten. */
const mostAddresses = 10_000

/**
 * Addresses whose requests are refused for a while before the sign-in, because too many of their sign-ins failed: otherwise each guessed credential would
 * cost a verification. Each process has its own list.
 */
export class RefusedAddresses {
  readonly #until = new Map<string, number>()

  /** Time in milliseconds for which requests of an address are still refused; 0 if they are not. */
  waitMs(address: string): number {
    const until = this.#until.get(address)
    if (until === undefined) return 0
    const left = until - performance.now()
    if (left > 0) return left
    this.#until.delete(address)
    return 0
  }

  add(address: string, forMs: number): void {
    setNewest(this.#until, address, performance.now() + forMs, mostAddresses)
  }
}
