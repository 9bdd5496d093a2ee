/** A change that makes a valid value nearly valid. */
export interface Change {
  readonly kind: 'replace' | 'remove' | 'add' | 'wrap'
  /** Number of the place in the value that is changed, modulo the number of places. */
  readonly place: number
  /** Key of the added field, for changes of the kind `add`. */
  readonly key: string
  readonly value: unknown
}

type Place = { readonly holder: object; readonly key: string }

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places
  for (const key of Object.keys(value)) {
    places.push({ holder: value, key })
    placesIn(Reflect.get(value, key), places)
  }
  return places
}

/** Returns a copy of a value with one change in one place. */
export function nearlyValid(valid: unknown, { kind, place, key, value }: Change): unknown {
  const copy: unknown = structuredClone(valid)
  const places = placesIn(copy)
  const chosen = places[place % Math.max(places.length, 1)]
  if (!chosen) return value
  const { holder } = chosen
  // Defined instead of assigned, so that `__proto__` becomes an ordinary key.
  const put = (name: string, content: unknown): void => {
    Reflect.defineProperty(holder, name, { value: content, enumerable: true, writable: true, configurable: true })
  }
  if (kind === 'remove') Reflect.deleteProperty(holder, chosen.key)
  else if (kind === 'replace') put(chosen.key, value)
  else if (kind === 'wrap') put(chosen.key, [Reflect.get(holder, chosen.key)])
  else if (!Array.isArray(holder)) put(key, value)
  return copy
}
