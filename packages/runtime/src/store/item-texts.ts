import { isObject } from '@hadal/middleware/unknown-value'
import { isStoredBytes } from './store-value.ts'

/** Path of the whole value. */
const whole = '$'
/** Matches one step of a path: `[0]`, `{a,b}` or a name. */
const step = /\[[^\]]*\]|\{[^}]*\}|[^.[\]{}]+/g

/** JSON text of a part of a value, without bytes. */
const jsonOf = (value: unknown): string => JSON.stringify(value, (_key, one) => (isStoredBytes(one) ? undefined : one))

function textsOf(value: unknown): string[] {
  if (value === null || value === undefined || isStoredBytes(value)) return []
  return [isObject(value) ? jsonOf(value) : String(value)]
}

function textsAt(value: unknown, steps: readonly string[]): string[] {
  const [first, ...rest] = steps
  if (first === undefined) return textsOf(value)
  if (first === '*') return isObject(value) ? Object.values(value).flatMap((one) => textsAt(one, rest)) : []
  if (first.startsWith('[')) {
    if (!Array.isArray(value)) return []
    const index = first.slice(1, -1)
    if (index === '*') return value.flatMap((one) => textsAt(one, rest))
    return /^-?\d+$/.test(index) ? textsAt(value.at(Number(index)), rest) : []
  }
  if (first.startsWith('{')) {
    const paths = first.slice(1, -1).split(',')
    return paths.flatMap((path) => textsAt(value, path.trim().match(step) ?? []))
  }
  return isObject(value) && Object.hasOwn(value, first) ? textsAt(value[first], rest) : []
}

/**
 * Returns the texts at some paths of an item's value, each once. A path is as in LangGraph's stores: `$` for the whole value, `title`,
 * `metadata.title`, `chapters[*].content`, `authors[0].name`, `authors[-1]`, `*` or `{title,author.name}`.
 *
 * @param value as stored: bytes are `{ "$bytes": "<base64>" }`
 */
export function itemTexts(value: unknown, paths: readonly string[]): string[] {
  const texts = paths.flatMap((path) =>
    path === whole || path === '' ? textsOf(value) : textsAt(value, path.match(step) ?? []),
  )
  return [...new Set(texts.filter((text) => text.trim() !== ''))]
}
