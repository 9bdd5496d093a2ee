/** A message of LangChain, or anything else that says how it looks as plain data. */
const hasDict = (value: unknown): value is { toDict(): { type: string; data: object } } =>
  typeof value === 'object' && value !== null && 'toDict' in value && typeof value.toDict === 'function'

function replacer(this: unknown, key: string, value: unknown): unknown {
  // LangGraph keeps living objects in a run's configuration, our connection among them.
  if (key.startsWith('__pregel_')) return undefined
  // JSON.stringify calls toJSON before the replacer; the holder still has the object itself.
  const raw = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
  if (hasDict(raw)) {
    const { type, data } = raw.toDict()
    return { ...data, type }
  }
  if (raw instanceof Error) return { error: raw.name, message: raw.message }
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return undefined
  return value
}

/** The JSON of a graph's values as the LangGraph API writes it: messages as `{ type, content, … }`. `undefined` becomes `null`. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, replacer) ?? 'null'
}

/** The escapes that JSON.stringify writes for U+0000 and for half a surrogate pair, after an even number of backslashes. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})/g

/** The same for a `jsonb` column, which can hold neither, in keys as in values. */
export function jsonbText(value: unknown): string {
  return jsonText(value).replace(unstorable, (_all, before: string, code: string) =>
    code === '0000' ? before : `${before}\\ufffd`,
  )
}
