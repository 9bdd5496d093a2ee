import { createHash, type Hash } from 'node:crypto'
import { fieldCountBytes, fieldLengthBytes, uuidBytes } from './copy-format.ts'

/** Number of bytes of the first field of a row of a thread: its length and the id of the thread. */
export const threadFieldBytes = fieldLengthBytes + uuidBytes

/** Number of bytes of the hash of a thread in a table: the id of the thread and the SHA-256 of its rows. */
export const threadHashBytes = uuidBytes + 32

/** Returns the id of the thread that the first field of a row has. The bytes are those of the row. */
export const threadOfRow = (row: Buffer): Buffer =>
  row.subarray(fieldCountBytes + fieldLengthBytes, fieldCountBytes + threadFieldBytes)

/**
 * Hashes the rows of each thread in a table, as a backup stores them: without their first field, the id of the thread. The rows come in the order of their
 * threads, as the query of a `TableSource` returns them.
 */
export class ThreadHashes {
  readonly #onThread: (entry: Buffer) => void
  readonly #id = Buffer.alloc(uuidBytes)
  readonly #fields = Buffer.alloc(fieldCountBytes)
  #hash: Hash | undefined

  /** @param onThread called after the last row of each thread, with the id of the thread and the hash: {@link threadHashBytes} */
  constructor(onThread: (entry: Buffer) => void) {
    this.#onThread = onThread
  }

  /** Adds a row of the query. @returns whether it is the first row of its thread */
  add(row: Buffer): boolean {
    const begins = this.#hash === undefined || !threadOfRow(row).equals(this.#id)
    if (begins) {
      this.end()
      threadOfRow(row).copy(this.#id)
      this.#hash = createHash('sha256')
    }
    this.#fields.writeInt16BE(row.readInt16BE(0) - 1)
    this.#hash?.update(this.#fields).update(row.subarray(fieldCountBytes + threadFieldBytes))
    return begins
  }

  /** Ends the thread of the newest row. */
  end(): void {
    if (this.#hash) this.#onThread(Buffer.concat([this.#id, this.#hash.digest()]))
    this.#hash = undefined
  }
}
