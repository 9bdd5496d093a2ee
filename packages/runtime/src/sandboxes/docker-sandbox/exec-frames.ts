/** Stream of the command (stdout or stderr) to which a piece of output belongs. */
export type OutputStream = 'stdout' | 'stderr'

const headerBytes = 8

/**
 * Decoder for a container engine's output of a command without a terminal. A frame has the number of its stream (0 and 1 stdout, 2 stderr), three
 * zero bytes, its length as a big-endian 32-bit number, and the bytes. Pieces may be split at any position.
 *
 * dockerode's `demuxStream` is not used: it recurses for each frame, so a command that writes thousands of single bytes overflows the stack.
 */
export class ExecFrames {
  readonly #onBytes: (stream: OutputStream, bytes: Buffer) => void
  #header = Buffer.alloc(0)
  #left = 0
  #stream: OutputStream = 'stdout'

  constructor(onBytes: (stream: OutputStream, bytes: Buffer) => void) {
    this.#onBytes = onBytes
  }

  add(piece: Buffer): void {
    let rest = piece
    while (rest.length > 0) {
      if (this.#left > 0) {
        const bytes = rest.subarray(0, this.#left)
        this.#left -= bytes.length
        rest = rest.subarray(bytes.length)
        this.#onBytes(this.#stream, bytes)
        continue
      }
      const wanted = headerBytes - this.#header.length
      this.#header = Buffer.concat([this.#header, rest.subarray(0, wanted)])
      rest = rest.subarray(wanted)
      if (this.#header.length < headerBytes) return
      this.#stream = this.#header[0] === 2 ? 'stderr' : 'stdout'
      this.#left = this.#header.readUInt32BE(4)
      this.#header = Buffer.alloc(0)
    }
  }
}
