import { isObject } from '@hadal/middleware/unknown-value'
import { jsonbText } from './json-text.ts'

/** Only key of the JSON object that represents bytes in an item of the store: deepagents stores binary files as bytes. */
const bytesKey = '$bytes'

type Json = Record<string, unknown>

const isPlain = (value: unknown): value is Json => isObject(value) && Object.getPrototypeOf(value) === Object.prototype

/** Applies the function `change` to a value and its parts, from the outside in. A changed part is not searched further. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== value) return changed
  if (Array.isArray(value)) return value.map((one) => mapped(one, change))
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, change)]))
  return value
}

/** Returns an item's value as text for a `jsonb` column. U+0000 and lone surrogates become U+FFFD, since PostgreSQL can store neither. */
export const storeValueText = (value: Json): string =>
  jsonbText(
    mapped(value, (one) => (one instanceof Uint8Array ? { [bytesKey]: Buffer.from(one).toString('base64') } : one)),
  )

/** Whether a part of a stored value represents bytes. */
export const isStoredBytes = (one: unknown): one is { readonly [bytesKey]: string } =>
  isPlain(one) && Object.keys(one).length === 1 && typeof one[bytesKey] === 'string'

const fromStored = (one: unknown): unknown =>
  isStoredBytes(one) ? new Uint8Array(Buffer.from(one[bytesKey], 'base64')) : one

/** Restores the bytes in a value that `storeValueText` wrote. */
export const storedValue = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, fromStored)]))
