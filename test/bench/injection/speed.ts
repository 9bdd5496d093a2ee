import { findInjections } from '@hadal/middleware/input-validation/find-injections'

/** Duration of the inspection of texts, in milliseconds. */
export interface Speed {
  /** Median and 99th percentile of the inspection time for texts of 8 KB, in milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Inspection time in milliseconds per megabyte, by the length of the text. Linear behaviour gives equal values. */
  readonly perMegabyte: ReadonlyMap<number, number>
}

const pieceLength = 8_192
const pieces = 3_000
const lengths = [16_384, 65_536, 262_144, 1_048_576]

/** Duration of one inspection for injected instructions, in milliseconds: the minimum of three, to exclude other work on the machine. */
const timed = (text: string): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const begun = performance.now()
      findInjections(text, 'tool')
      return performance.now() - begun
    }),
  )

/** Measures how long input validation takes to inspect pieces of text. @param texts texts from which the pieces are cut */
export function speed(texts: readonly string[]): Speed {
  const all = texts.join('\n\n')
  const step = Math.max(1, Math.floor((all.length - pieceLength) / pieces))
  const cut = Array.from({ length: pieces }, (_, index) => all.slice(index * step, index * step + pieceLength))
  for (const piece of cut.slice(0, 500)) timed(piece)
  const times = cut.map(timed).sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN
  const perMegabyte = new Map(
    lengths.map((length) => {
      const part = all.slice(0, length)
      return [length, (timed(part) * 1_048_576) / length]
    }),
  )
  return { p50: at(0.5), p99: at(0.99), perMegabyte }
}
