import { copyHeader, copySignature, fieldCountBytes, fieldLengthBytes } from './copy-format.ts'

/** Number of fields that marks the end of the rows. */
const endMark = -1

/**
 * Splits a stream in PostgreSQL's binary COPY format into rows. It holds at most one row that is not complete.
 */
export class RowSplitter {
  /** The beginning of a row that is not complete, in a buffer that grows. */
  #held: Buffer = Buffer.alloc(0)
  #heldBytes = 0
  #headerRead = false
  #ended = false

  /**
   * @param onRow called for each complete row, with its number of fields and all of its bytes, which include that number. The bytes are valid
   *   during the call only
   */
  push(chunk: Buffer, onRow: (row: Buffer) => void): void {
    let bytes = chunk
    if (this.#heldBytes > 0) {
      this.#hold(chunk)
      bytes = this.#held.subarray(0, this.#heldBytes)
    }
    let begin = 0
    if (!this.#headerRead) {
      if (bytes.length < copyHeader.length) {
        this.#keep(bytes)
        return
      }
      if (!bytes.subarray(0, copySignature.length).equals(copySignature))
        throw new Error('The rows are not in binary format.')
      this.#headerRead = true
      begin = copyHeader.length
    }
    for (;;) {
      const end = this.#endOfRow(bytes, begin)
      if (end === undefined) break
      onRow(bytes.subarray(begin, end))
      begin = end
    }
    this.#keep(bytes.subarray(begin))
  }

  /** @throws Error if the stream ended before its end mark */
  end(): void {
    if (!this.#ended) throw new Error('The rows end early: the connection to the database broke.')
  }

  /** Where {@link #endOfRow} continues: fields that remain, and position from the beginning of the held row. */
  #fields = 0
  #scanned = 0

  #endOfRow(bytes: Buffer, begin: number): number | undefined {
    if (this.#ended) return undefined
    let at = begin + this.#scanned
    if (this.#scanned === 0) {
      if (bytes.length - at < fieldCountBytes) return undefined
      this.#fields = bytes.readInt16BE(at)
      if (this.#fields === endMark) {
        this.#ended = true
        return undefined
      }
      at += fieldCountBytes
    }
    while (this.#fields > 0) {
      if (bytes.length - at < fieldLengthBytes) break
      const length = bytes.readInt32BE(at)
      const next = at + fieldLengthBytes + Math.max(length, 0)
      if (next > bytes.length) break
      at = next
      this.#fields -= 1
    }
    if (this.#fields > 0) {
      this.#scanned = at - begin
      return undefined
    }
    this.#scanned = 0
    return at
  }

  /** Keeps bytes until the next chunk. They may be a part of the held buffer. */
  #keep(bytes: Buffer): void {
    this.#heldBytes = 0
    if (bytes.length === 0) return
    if (bytes.buffer === this.#held.buffer && bytes.byteOffset >= this.#held.byteOffset) {
      this.#held.copyWithin(
        0,
        bytes.byteOffset - this.#held.byteOffset,
        bytes.byteOffset - this.#held.byteOffset + bytes.length,
      )
      this.#heldBytes = bytes.length
      return
    }
    this.#hold(bytes)
  }

  #hold(bytes: Buffer): void {
    const needed = this.#heldBytes + bytes.length
    if (needed > this.#held.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#held.length))
      this.#held.copy(grown, 0, 0, this.#heldBytes)
      this.#held = grown
    }
    bytes.copy(this.#held, this.#heldBytes)
    this.#heldBytes = needed
  }
}
