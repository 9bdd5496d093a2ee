import type { Json } from '../rendered-object.ts'
import { listAt, recordAt, textAt, textsAt } from './read-json.ts'

type Labels = Readonly<Record<string, string>>

/** Whether a LabelSelector (`matchLabels`, `matchExpressions`) matches labels. An empty selector matches everything. */
export function selectorMeets(selector: Json | undefined, labels: Labels): boolean {
  return labelsMeet(textsAt(selector, 'matchLabels'), labels) && listAt(selector, 'matchExpressions').every(holds)

  function holds(expression: Json): boolean {
    const value = labels[textAt(expression, 'key') ?? '']
    const values = listAt(expression, 'values')
    switch (textAt(expression, 'operator')) {
      case 'In':
        return value !== undefined && values.includes(value)
      case 'NotIn':
        return value === undefined || !values.includes(value)
      case 'Exists':
        return value !== undefined
      case 'DoesNotExist':
        return value === undefined
      default:
        return false
    }
  }
}

/** Whether `labels` contain every required label, which is how a Service selects pods. */
export const labelsMeet = (wanted: Labels, labels: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value)

/** Formats a LabelSelector for an error: `app=x, tier in (a, b)`. */
export function selectorText(selector: Json | undefined): string {
  const labels = Object.entries(recordAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`)
  const expressions = listAt(selector, 'matchExpressions').map((expression) =>
    [textAt(expression, 'key'), textAt(expression, 'operator'), `(${listAt(expression, 'values').join(', ')})`].join(
      ' ',
    ),
  )
  return [...labels, ...expressions].join(', ') || 'everything'
}
