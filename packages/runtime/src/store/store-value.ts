import { isObject } from '@hadal/middleware/unknown-value'
import { jsonbText } from './json-text.ts'

/** JSON has no bytes, and deepagents keeps binary files as such. An object with this one key stands for them. */
const bytesKey = '$bytes'

type Json = Record<string, unknown>

const isPlain = (value: unknown): value is Json => isObject(value) && Object.getPrototypeOf(value) === Object.prototype

/** Applies `change` to every value inside, the innermost last; what it returns is not looked into. */
function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== value) return changed
  if (Array.isArray(value)) return value.map((one) => mapped(one, change))
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, change)]))
  return value
}

/**
 * An item's value as the text of a `jsonb` column. U+0000 and halves of surrogate pairs become U+FFFD, since PostgreSQL can hold
 * neither.
 */
export const storeValueText = (value: Json): string =>
  jsonbText(
    mapped(value, (one) => (one instanceof Uint8Array ? { [bytesKey]: Buffer.from(one).toString('base64') } : one)),
  )

const fromStored = (one: unknown): unknown =>
  isPlain(one) && Object.keys(one).length === 1 && typeof one[bytesKey] === 'string'
    ? new Uint8Array(Buffer.from(one[bytesKey], 'base64'))
    : one

/** What `storeValueText` wrote, with its bytes. */
export const storedValue = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, fromStored)]))
