/**
 * Canonical JSON text of a value. It does not depend on the order of keys, nor on keys whose value is `undefined` or a function. Values that JSON
 * lacks, such as NaN, bytes and dates, have a form of their own, so that different values have different texts.
 *
 * @throws RangeError for a value that contains itself
 */
export function canonicalJson(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'function' || typeof value === 'symbol') return 'null'
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  // JSON values never begin with a letter, except `true`, `false` and `null`, so these forms are unambiguous.
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
