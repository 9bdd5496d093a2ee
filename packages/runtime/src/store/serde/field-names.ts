/** Converts the name of a field in code to LangChain's name in JSON: `pageContent` to `page_content`. */
export const snakeCase = (key: string): string =>
  key
    .replace(/([A-Z]+)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-_\s]+/g, '_')
    .toLowerCase()

/** Converts the name of a field in LangChain's JSON to the name in code, as LangChain does: `page_content` to `pageContent`. */
export function camelCase(key: string): string {
  const trimmed = key.trim()
  if (!/[-_\s]/.test(trimmed)) return trimmed
  return trimmed
    .replace(/[-_\s]+/g, '_')
    .toLowerCase()
    .replace(/_+([a-z0-9])/g, (_all, first: string) => first.toUpperCase())
}

/** Message fields that have the same name in JSON: the aliases of all message classes together. */
const sameInJson = new Set([
  'additional_kwargs',
  'response_metadata',
  'tool_calls',
  'invalid_tool_calls',
  'usage_metadata',
  'tool_call_chunks',
  'tool_call_id',
])

export const jsonFieldName = (key: string): string => (sameInJson.has(key) ? key : snakeCase(key))
export const fieldName = (jsonKey: string): string => (sameInJson.has(jsonKey) ? jsonKey : camelCase(jsonKey))
