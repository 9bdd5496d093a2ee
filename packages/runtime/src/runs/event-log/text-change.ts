import { textEnds } from './text-ends.ts'

/** A part of a changed text: `length` characters of the text before, beginning at `from`, and then `inserted`. */
export interface Hunk {
  readonly from: number
  readonly length: number
  readonly inserted: string
}

/** Length of a changed region in characters above which unchanged pieces are searched within it. */
const searchedFrom = 64
/** Separator of the pieces of a JSON text that are compared: the end of a field or item before a string. */
const separator = ',"'
/** Minimum length in characters of a piece that is found again in the text before: a shorter one costs less than its position. */
const shortestPiece = 24

/** Returns the text that hunks make of the text before. */
export const changedText = (before: string, hunks: readonly Hunk[]): string =>
  hunks.map(({ from, length, inserted }) => before.slice(from, from + length) + inserted).join('')

/** Collects hunks; joins a hunk to the one before if it continues it. */
class Hunks {
  readonly list: { from: number; length: number; inserted: string }[] = []

  add(from: number, length: number, inserted: string): void {
    const last = this.list.at(-1)
    if (last && length === 0) last.inserted += inserted
    else if (last && last.inserted === '' && last.from + last.length === from) {
      last.length += length
      last.inserted = inserted
    } else this.list.push({ from, length, inserted })
  }
}

/** Positions in a text of the pieces that occur in it once, by piece. */
function uniquePieces(text: string): Map<string, number> {
  const at = new Map<string, number>()
  let position = 0
  for (const piece of text.split(separator)) {
    if (piece.length >= shortestPiece) at.set(piece, at.has(piece) ? -1 : position)
    position += piece.length + separator.length
  }
  return at
}

/**
 * Returns how a JSON text differs from a text before: the equal beginning and end, and within a longer changed region the pieces that also occur in
 * the text before. It finds several changed fields of an object, and is linear in the length of the texts.
 */
export function textChange(before: string, after: string): Hunk[] {
  const hunks = new Hunks()
  const change = (from: number, to: number, text: string, searches: boolean): void => {
    const { prefix, suffix } = textEnds(before.slice(from, to), text)
    const middle = text.slice(prefix, text.length - suffix)
    const ends = to - suffix
    hunks.add(from, prefix, '')
    const isLong = searches && middle.length > searchedFrom && ends - from - prefix > searchedFrom
    if (isLong) searchWithin(from + prefix, ends, middle)
    else hunks.add(from + prefix, 0, middle)
    hunks.add(ends, suffix, '')
  }
  const searchWithin = (from: number, to: number, text: string): void => {
    const pieces = uniquePieces(before.slice(from, to))
    let position = 0
    // End of the last unchanged piece, in the text before and in this text.
    let oldEnd = from
    let newEnd = 0
    for (const piece of text.split(separator)) {
      const found = piece.length >= shortestPiece ? (pieces.get(piece) ?? -1) : -1
      if (found >= 0) {
        const start = from + found
        if (start >= oldEnd) change(oldEnd, start, text.slice(newEnd, position), false)
        else hunks.add(from, 0, text.slice(newEnd, position))
        hunks.add(start, piece.length, '')
        oldEnd = start + piece.length
        newEnd = position + piece.length
      }
      position += piece.length + separator.length
    }
    if (oldEnd <= to) change(oldEnd, to, text.slice(newEnd), false)
  }
  change(0, before.length, after, true)
  return hunks.list.filter(({ length, inserted }) => length > 0 || inserted !== '')
}
