/**
 * JSON that is the same text for the same data: keys in the order of their UTF-16 code units, no white space, nothing for `undefined`.
 * Numbers and strings are written as `JSON.stringify` does, which is RFC 8785's form.
 *
 * @throws TypeError for what has no place in JSON: a function, a symbol, a bigint, a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object') {
    if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([one], [other]) => (one < other ? -1 : 1))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  throw new TypeError(`A ${typeof value} (${String(value)}) can't be written as JSON. Give plain data.`)
}
