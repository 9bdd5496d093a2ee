import type { Block } from '../manifest.ts'
import type { OpenedBackup } from '../open-backup.ts'

/** Reads blocks of a backup in order. While one is used, the next ones are read. */
export class BlocksAhead {
  readonly #backup: OpenedBackup
  readonly #left: Block[]
  readonly #ahead: number
  readonly #reading: Promise<Buffer>[] = []

  /** @param ahead number of blocks that are read before they are asked for */
  constructor(backup: OpenedBackup, blocks: readonly Block[], ahead: number) {
    this.#backup = backup
    this.#left = [...blocks]
    this.#ahead = ahead
  }

  /**
   * Returns the rows of the next block.
   *
   * @throws Error with one sentence if the block is damaged, or if no block is left
   */
  async next(): Promise<Buffer> {
    while (this.#reading.length <= this.#ahead) {
      const block = this.#left.shift()
      if (!block) break
      const rows = this.#backup.read(block)
      // If the consumer ends early, no code awaits this block: its error would be an unhandled rejection.
      rows.catch(() => {})
      this.#reading.push(rows)
    }
    const rows = await this.#reading.shift()
    if (!rows) throw new Error('No block is left.')
    return rows
  }
}
