/** Keeps the first bytes of a stream, up to a limit, and remembers whether there were more. */
export class LimitedOutput {
  readonly #limit: number
  readonly #chunks: Buffer[] = []
  #length = 0
  #truncated = false

  /** @param limit in bytes */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#limit - this.#length)
    if (kept.length < chunk.length) this.#truncated = true
    if (kept.length === 0) return
    // A copy: the chunk may be a view of a larger buffer, which would be kept with it.
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
