/** Buffer that keeps the first bytes of a stream up to a limit, and records whether there were more. */
export class LimitedOutput {
  readonly #limit: number
  readonly #chunks: Buffer[] = []
  #length = 0
  #truncated = false

  /** @param limit maximum number of bytes that are kept */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#limit - this.#length)
    if (kept.length < chunk.length) this.#truncated = true
    if (kept.length === 0) return
    // A copy, because the chunk may be a view that keeps a larger buffer in memory.
    this.#chunks.push(Buffer.from(kept))
    this.#length += kept.length
  }

  get truncated(): boolean {
    return this.#truncated
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}
