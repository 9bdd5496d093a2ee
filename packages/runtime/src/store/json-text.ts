import { type JsonForm, jsonInTurns } from './json-in-turns.ts'
import { jsonFieldName } from './serde/field-names.ts'
import { langChainFields } from './serde/langchain-fields.ts'

/** Whether a value is a LangChain message, from any copy of the library. */
const isMessage = (value: unknown): value is { getType(): string } =>
  typeof value === 'object' &&
  value !== null &&
  'getType' in value &&
  typeof value.getType === 'function' &&
  'lc_kwargs' in value

/** Returns a message as the API writes it. LangChain's own toDict wraps fields that look like LangChain objects, and loses Maps. */
function messageData(message: { getType(): string }): Record<string, unknown> {
  const fields = Object.entries(langChainFields(message)).map(([key, value]) => [jsonFieldName(key), value])
  return { ...Object.fromEntries(fields), type: message.getType() }
}

/** Prefix of the fields of a run's configuration that are internal to LangGraph. */
const internalPrefix = '__pregel_'

function replacer(this: unknown, key: string, value: unknown): unknown {
  // LangGraph keeps live objects in a run's configuration, such as our database connection.
  if (key.startsWith(internalPrefix)) return undefined
  // JSON.stringify calls toJSON before the replacer; `this` still holds the original object.
  const raw = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
  if (isMessage(raw)) return messageData(raw)
  if (raw instanceof Error) return { error: raw.name, message: raw.message }
  if (raw instanceof Map || raw instanceof Set) return [...raw]
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return undefined
  return value
}

/** Returns the JSON of a graph's values as the LangGraph API writes it: messages as `{ type, content, … }`, `undefined` as `null`. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, replacer) ?? 'null'
}

/** Matches the escapes that JSON.stringify writes for U+0000 and for a lone surrogate, after an even number of backslashes. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})/g

/** Replaces U+0000 and lone surrogates in JSON. Most texts have no escape at all, so this is tested first because it is much faster. */
export const storable = (text: string): string => (text.includes('\\u') ? text.replace(unstorable, '$1\\ufffd') : text)

/**
 * Returns the JSON of a graph's values for a `jsonb` column, which rejects U+0000 and lone surrogates: each becomes U+FFFD, also in keys, where
 * removing it could make two keys equal.
 */
export function jsonbText(value: unknown): string {
  return storable(jsonText(value))
}

const form: JsonForm = {
  whole: jsonText,
  partsOf(value) {
    if (typeof value !== 'object' || value === null || value instanceof Error) return undefined
    if (isMessage(value)) return { fields: Object.entries(messageData(value)) }
    if (value instanceof Map || value instanceof Set) return { list: [...value] }
    // JSON.stringify calls toJSON, which decides the JSON of the value.
    if (typeof Reflect.get(value, 'toJSON') === 'function') return undefined
    return Array.isArray(value) ? { list: value } : { fields: Object.entries(value) }
  },
  leavesOut: (key) => key.startsWith(internalPrefix),
  changed: (text) => text,
}

/** Returns the same JSON as {@link jsonText} for values of any size: yields to the event loop between pieces of a large value. */
export const jsonTextInTurns = (value: unknown): Promise<string> => jsonInTurns(value, form)

/** Returns the same JSON as {@link jsonbText} for values of any size: yields to the event loop between pieces of a large value. */
export const jsonbTextInTurns = (value: unknown): Promise<string> => jsonInTurns(value, { ...form, changed: storable })
