/** Minimum number of characters of a shortened id. */
const fewestCharacters = 6

/** Shortens ids to the same length, at which they still differ. */
export function shortIds(ids: readonly string[]): string[] {
  const distinct = new Set(ids).size
  const longest = Math.max(0, ...ids.map((id) => id.length))
  for (let length = fewestCharacters; length < longest; length += 1) {
    if (new Set(ids.map((id) => id.slice(0, length))).size === distinct) return ids.map((id) => id.slice(0, length))
  }
  return [...ids]
}
