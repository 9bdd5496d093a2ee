import type { Json } from '@hadal/charts/rendered-object'
import type { FieldChange } from './field-changes.ts'

/** Maximum length of a value in the diff report, in characters. The full value is in the diff of the manifest itself. */
const longestValue = 160
const mostLines = 20

/** Formats a field's change as diff lines: the old value after `-`, the new value after `+`. */
export function changeLines({ path, before, after }: FieldChange): readonly string[] {
  if (typeof before === 'string' && typeof after === 'string' && (before + after).includes('\n'))
    return textLines(path, before, after)
  return [
    ...(before === undefined ? [] : [`- ${path}: ${valueText(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${valueText(after)}`]),
  ]
}

/** Formats the change of a multi-line text: only the lines between the common beginning and the common end. */
function textLines(path: string, before: string, after: string): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const least = Math.min(old.length, fresh.length)
  let start = 0
  while (start < least && old[start] === fresh[start]) start++
  let end = 0
  while (end < least - start && old.at(-1 - end) === fresh.at(-1 - end)) end++
  const lines = [
    ...old.slice(start, old.length - end).map((line) => `- ${shortened(line)}`),
    ...fresh.slice(start, fresh.length - end).map((line) => `+ ${shortened(line)}`),
  ]
  const more = lines.length - mostLines
  return [`  ${path}, from line ${start + 1}:`, ...lines.slice(0, mostLines), ...(more > 0 ? [`  … ${more} more`] : [])]
}

const valueText = (value: Json): string =>
  shortened(typeof value === 'string' && /^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value))

const shortened = (text: string): string => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text)
