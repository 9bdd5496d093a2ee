/** Sets an entry of a map as its newest one, and removes the oldest one if the map has more than the maximum number of entries. */
export function setNewest<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  // A map returns its keys in the order in which they were set.
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
