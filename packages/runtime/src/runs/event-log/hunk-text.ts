import type { Hunk } from './text-change.ts'

/** Writes hunks as text: for each hunk `from,length,characters:` and the inserted text. */
export const hunkText = (hunks: readonly Hunk[]): string =>
  hunks.map(({ from, length, inserted }) => `${from},${length},${inserted.length}:${inserted}`).join('')

/** Reads hunks that {@link hunkText} wrote. */
export function hunksOf(text: string): Hunk[] {
  const hunks: Hunk[] = []
  for (let position = 0; position < text.length; ) {
    const colon = text.indexOf(':', position)
    const [from = 0, length = 0, characters = 0] = text.slice(position, colon).split(',').map(Number)
    position = colon + 1 + characters
    hunks.push({ from, length, inserted: text.slice(colon + 1, position) })
  }
  return hunks
}
