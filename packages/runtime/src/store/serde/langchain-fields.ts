import { isObject } from '@hadal/middleware/unknown-value'

type Fields = Record<string, unknown>

/** Fields of messages that may be set after the message was made: then LangChain's own `lc_kwargs` does not have them. */
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

/** What an object of LangChain's has to be made with again: the fields that its constructor got, as they are now. */
export function langChainFields(value: object): Fields {
  const given: unknown = Reflect.get(value, 'lc_kwargs')
  const kwargs = isObject(given) ? given : {}
  const later = messageFields.filter((key) => Object.hasOwn(value, key) && Reflect.get(value, key) !== undefined)
  const fields: Fields = {}
  for (const key of new Set([...Object.keys(kwargs), ...later])) {
    const field: unknown = Reflect.get(key in value ? value : kwargs, key)
    Object.defineProperty(fields, key, { value: field, enumerable: true, writable: true, configurable: true })
  }
  return fields
}
