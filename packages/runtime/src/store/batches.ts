import { setImmediate as nextTurn } from 'node:timers/promises'

interface Batch<Part> {
  readonly parts: Part[]
  readonly written: Promise<void>
}

/**
 * Writes parts in batches, one batch at a time and in order. The parts of one turn of the event loop, and those that arrive during a write, are one
 * batch.
 */
export class Batches<Part> {
  readonly #write: (parts: readonly Part[]) => Promise<void>
  /** The batch that accepts further parts. */
  #open: Batch<Part> | undefined
  #last: Promise<void> = Promise.resolve()

  constructor(write: (parts: readonly Part[]) => Promise<void>) {
    this.#write = write
  }

  /** Adds a part. Resolves when its batch is written; rejects with the error of the batch. */
  add(part: Part): Promise<void> {
    this.#open ??= this.#begin()
    this.#open.parts.push(part)
    return this.#open.written
  }

  #begin(): Batch<Part> {
    const parts: Part[] = []
    const written = this.#writeAfter(this.#last, parts)
    this.#last = written.catch(() => {})
    return { parts, written }
  }

  async #writeAfter(before: Promise<void>, parts: readonly Part[]): Promise<void> {
    await before
    await nextTurn()
    this.#open = undefined
    await this.#write(parts)
  }
}
