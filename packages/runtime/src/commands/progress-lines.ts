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

/** A number of bytes in the usual unit, such as `12.3 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const unit = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), units.length - 1)
  return `${(bytes / 1_000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`
}
