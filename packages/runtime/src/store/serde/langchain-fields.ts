import { isObject } from '@hadal/middleware/unknown-value'

type Fields = Record<string, unknown>

/** Message fields that code may set after the construction of a message: LangChain's `lc_kwargs` then lacks them. */
const messageFields = [
  'content',
  'name',
  'id',
  'additional_kwargs',
  'response_metadata',
  'tool_calls',
  'invalid_tool_calls',
  'usage_metadata',
  'tool_call_id',
  'artifact',
  'status',
  'metadata',
]

/** Returns the fields for the constructor of a LangChain object, with their current values. */
export function langChainFields(value: object): Fields {
  const given: unknown = Reflect.get(value, 'lc_kwargs')
  const kwargs = isObject(given) ? given : {}
  const later = messageFields.filter((key) => Object.hasOwn(value, key) && Reflect.get(value, key) !== undefined)
  const fields: Fields = {}
  // A message that was made from another one, as by `new HumanMessage({ ...message, name })`, has the bookkeeping of the other one in its fields.
  const names = Object.keys(kwargs).filter((key) => !key.startsWith('lc_'))
  for (const key of new Set([...names, ...later])) {
    const field: unknown = Reflect.get(key in value ? value : kwargs, key)
    Object.defineProperty(fields, key, { value: field, enumerable: true, writable: true, configurable: true })
  }
  return fields
}
