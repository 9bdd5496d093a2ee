/** Maximum number of lines per second. */
const linesPerSecond = 10

/** Limits the lines of one log event to {@link linesPerSecond}, so that a flood of requests does not become a flood of lines. */
export class SampledLines {
  #second = 0
  #written = 0
  #omitted = 0

  /** @param line writes the line; its argument is the number of lines that were omitted since the last one, or undefined for none */
  write(line: (omitted: number | undefined) => void): void {
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#written = 0
    }
    if (this.#written >= linesPerSecond) {
      this.#omitted += 1
      return
    }
    this.#written += 1
    line(this.#omitted > 0 ? this.#omitted : undefined)
    this.#omitted = 0
  }
}
