/**
 * JSON text that is the same for values that differ in the order of their keys alone, or in keys that hold `undefined` or a function. Numbers
 * that JSON has no word for, bytes and dates get one each, so that different values have different texts.
 *
 * @throws RangeError for a value that contains itself
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'function' || typeof value === 'symbol') return 'null'
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  // What JSON writes never begins with a letter beside its three words, so these can't be mistaken for anything else.
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : `number:${value}`
  if (typeof value === 'bigint') return `bigint:${value}`
  if (value instanceof Date) return `date:${value.getTime()}`
  if (value instanceof RegExp) return `expression:${JSON.stringify(String(value))}`
  if (value instanceof Uint8Array) return `bytes:"${Buffer.from(value).toString('base64')}"`
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value instanceof Set) return `set:${canonicalJson([...value])}`
  if (value instanceof Map) return `map:${canonicalJson([...value])}`
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function')
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}
