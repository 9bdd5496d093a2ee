import process from 'node:process'

/** Minimum time in milliseconds between two lines. */
const betweenLinesMs = 5_000

/** Returns a function that writes a line of progress to the standard error, at most one every 5 seconds. */
export function progressLines(): (line: () => string) => void {
  let last = performance.now()
  return (line) => {
    const now = performance.now()
    if (now - last < betweenLinesMs) return
    last = now
    process.stderr.write(`${line()}\n`)
  }
}
