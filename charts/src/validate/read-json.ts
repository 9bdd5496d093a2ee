import type { Json, JsonRecord } from '../rendered-object.ts'

const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Returns the value at a path; undefined if a step is missing or has another type. The schemas report wrong types, so the other rules ignore
 * them.
 */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let current: Json | undefined = value
  for (const key of path) current = isRecord(current) ? current[key] : undefined
  return current
}

export const recordAt = (value: Json | undefined, ...path: string[]): JsonRecord => {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}

export const listAt = (value: Json | undefined, ...path: string[]): readonly Json[] => {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

export const textAt = (value: Json | undefined, ...path: string[]): string | undefined => {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** The entries of a record whose values are strings, for example labels. */
export const textsAt = (value: Json | undefined, ...path: string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recordAt(value, ...path)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

/** Returns every object inside a JSON value, including the value itself, with its path: `spec.containers[0]`. */
export function recordsIn(value: Json | undefined): [JsonRecord, string][] {
  const found: [JsonRecord, string][] = []
  collect(value, '', found)
  return found
}

/**
 * Collects every object inside a value. It is not a generator, because nested generators take several times as long, and most values of a
 * manifest are scalars.
 */
function collect(value: Json | undefined, path: string, found: [JsonRecord, string][]): void {
  if (typeof value !== 'object' || value === null) return
  if (isRecord(value)) {
    found.push([value, path])
    for (const [key, item] of Object.entries(value))
      if (typeof item === 'object') collect(item, joinPath(path, key), found)
  } else for (const [index, item] of value.entries()) collect(item, `${path}[${index}]`, found)
}

/** Path of a field: `a.b`. A key with other characters is quoted in brackets: `labels["app.kubernetes.io/name"]`. */
export const joinPath = (path: string, key: string): string => {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
