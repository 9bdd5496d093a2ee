/**
 * Splits the chunks of a stream into lines. A line that comes in many chunks is joined once, when it ends: if each chunk copied the chunks before it,
 * a line of some megabytes, such as a picture, would block the process for seconds.
 */
export class StreamLines {
  readonly #decoder = new TextDecoder()
  /** Parts of the line that has not ended. */
  #parts: string[] = []

  /** The lines that end in this chunk, without their line break. */
  read(bytes: Uint8Array): string[] {
    const [first = '', ...others] = this.#decoder.decode(bytes, { stream: true }).split('\n')
    this.#parts.push(first)
    return others.map((begin) => {
      const line = this.#parts.join('')
      this.#parts = [begin]
      return line.endsWith('\r') ? line.slice(0, -1) : line
    })
  }
}
