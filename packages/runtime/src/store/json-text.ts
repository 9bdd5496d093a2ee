import { type JsonForm, jsonInTurns } from './json-in-turns.ts'
import { jsonFieldName } from './serde/field-names.ts'
import { langChainFields } from './serde/langchain-fields.ts'

/** A message of LangChain, from whichever copy of the library. */
const isMessage = (value: unknown): value is { getType(): string } =>
  typeof value === 'object' &&
  value !== null &&
  'getType' in value &&
  typeof value.getType === 'function' &&
  'lc_kwargs' in value

/** A message as clients know it. Its own toDict wraps what looks like an object of LangChain, and loses Maps. */
function messageData(message: { getType(): string }): Record<string, unknown> {
  const fields = Object.entries(langChainFields(message)).map(([key, value]) => [jsonFieldName(key), value])
  return { ...Object.fromEntries(fields), type: message.getType() }
}

/** Of fields of a run's configuration that are LangGraph's own. */
const internalPrefix = '__pregel_'

function replacer(this: unknown, key: string, value: unknown): unknown {
  // LangGraph keeps living objects in a run's configuration, our connection among them.
  if (key.startsWith(internalPrefix)) return undefined
  // JSON.stringify calls toJSON before the replacer; the holder still has the object itself.
  const raw = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
  if (isMessage(raw)) return messageData(raw)
  if (raw instanceof Error) return { error: raw.name, message: raw.message }
  if (raw instanceof Map || raw instanceof Set) return [...raw]
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

/** Most texts have no such escape, and looking for any escape is much faster. */
const storable = (text: string): string => (text.includes('\\u') ? text.replace(unstorable, '$1\\ufffd') : text)

/** The same for a `jsonb` column, which can hold neither: each becomes U+FFFD, in keys too, where leaving it out could make two keys one. */
export function jsonbText(value: unknown): string {
  return storable(jsonText(value))
}

const form: JsonForm = {
  whole: jsonText,
  partsOf(value) {
    if (typeof value !== 'object' || value === null || value instanceof Error) return undefined
    if (isMessage(value)) return { fields: Object.entries(messageData(value)) }
    if (value instanceof Map || value instanceof Set) return { list: [...value] }
    // A method of the value decides what its JSON is.
    if (typeof Reflect.get(value, 'toJSON') === 'function') return undefined
    return Array.isArray(value) ? { list: value } : { fields: Object.entries(value) }
  },
  leavesOut: (key) => key.startsWith(internalPrefix),
  changed: (text) => text,
}

/** `jsonText` for values of any size. */
export const jsonTextInTurns = (value: unknown): Promise<string> => jsonInTurns(value, form)

/** `jsonbText` for values of any size. */
export const jsonbTextInTurns = (value: unknown): Promise<string> => jsonInTurns(value, { ...form, changed: storable })
