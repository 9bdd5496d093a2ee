import { Document } from 'yaml'

/**
 * Strings of one line that the library leaves without quotes: they begin with a letter, `_` or `/`, are no word of YAML 1.1, contain neither `: ` nor
 * ` #`, and do not end in a space, `:` or `-`. Most strings of a manifest are; the library takes its time for each.
 */
const plain = /^(?!(?:y|yes|n|no|true|false|on|off|null)$)(?!.*(?:: | #))[a-z_/](?:[ -~]*[!-,.-9;-~])?$/i

/**
 * What some reader of YAML takes for something else than a string, beyond what YAML 1.1 itself lists: numbers, dates and
 * times in any version's spelling (`0o17`, `1_000`, `12:30`), the value key and the merge key.
 */
const readAsSomethingElse = /^(?:[-+]?\.?[0-9][0-9a-fA-FxXoO_.:eE+-]*|=|<<)$/

/** Unicode's own line breaks and its byte order mark: readers of YAML 1.1 and 1.2 disagree about them even in quotes. */
const readAsLineBreak = /[\u0085\u2028\u2029\uFEFF]/

type Scalar = string | number | boolean | null

const document = new Document(undefined, { version: '1.1' })

/** The text that the library writes for an object of one field. */
function written(field: Readonly<Record<string, Scalar>>): string {
  document.contents = document.createNode(field)
  // Folded lines would make a long value change in many places of a review; the directive `%YAML` is no use to anyone.
  return document.toString({ lineWidth: 0, directives: false })
}

const values = new Map<Scalar, string>()
const keys = new Map<string, string>()

/**
 * A value as YAML, quoted as YAML 1.1 needs it (Kubernetes' own readers are of that age). The lines after the first are indented by two spaces.
 *
 * @throws Error for a string that no two readers take for the same
 */
export function yamlValue(value: Scalar): string {
  if (typeof value === 'string') {
    if (plain.test(value)) return value
    if (readAsSomethingElse.test(value)) return `"${value}"`
  }
  const known = values.get(value)
  if (known !== undefined) return known
  if (typeof value === 'string') refuseLineBreaks(value)
  const text = written({ k: value }).slice('k: '.length, -1)
  values.set(value, text)
  return text
}

/** A field's name as YAML. */
export function yamlKey(key: string): string {
  if (plain.test(key)) return key
  if (readAsSomethingElse.test(key)) return `"${key}"`
  const known = keys.get(key)
  if (known !== undefined) return known
  refuseLineBreaks(key)
  const text = written({ [key]: 0 }).slice(0, -': 0\n'.length)
  keys.set(key, text)
  return text
}

function refuseLineBreaks(text: string): void {
  if (readAsLineBreak.test(text))
    throw new Error(
      `a string with a line separator or byte order mark (${JSON.stringify(text.slice(0, 80))}), which some readers of YAML take for a line break or nothing. Leave it out.`,
    )
}
