import { Document } from 'yaml'

/**
 * Matches strings of one line that need no quotes in YAML: they begin with a letter, `_` or `/`, are not a reserved word of YAML 1.1, contain
 * neither `: ` nor ` #`, and do not end in a space, `:` or `-`. Most strings of a manifest match, and the library `yaml` would be slow for
 * each.
 */
const plain = /^(?!(?:y|yes|n|no|true|false|on|off|null)$)(?!.*(?:: | #))[a-z_/](?:[ -~]*[!-,.-9;-~])?$/i

/**
 * Matches strings that must be quoted because some YAML parser would read them as another type, in addition to YAML 1.1's list: numbers,
 * dates and times in the notation of any version (`0o17`, `1_000`, `12:30`), the value key and the merge key.
 */
const readAsSomethingElse = /^(?:[-+]?\.?[0-9][0-9a-fA-FxXoO_.:eE+-]*|=|<<)$/

/** Matches Unicode's line breaks and the byte order mark. Parsers of YAML 1.1 and 1.2 read them differently, even in quotes. */
const readAsLineBreak = /[\u0085\u2028\u2029\uFEFF]/

type Scalar = string | number | boolean | null

const document = new Document(undefined, { version: '1.1' })

/** YAML text of an object with one field, as the library `yaml` writes it. */
function written(field: Readonly<Record<string, Scalar>>): string {
  document.contents = document.createNode(field)
  // Folded lines would spread a change of a long value over many lines of a review. The directive `%YAML` is not needed.
  return document.toString({ lineWidth: 0, directives: false })
}

const values = new Map<Scalar, string>()
const keys = new Map<string, string>()

/**
 * Formats a value as YAML, quoted for YAML 1.1, which Kubernetes' parsers follow. The lines after the first are indented by two spaces.
 *
 * @throws Error for a string that YAML parsers read differently
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

/** Formats a field's name as YAML. */
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
      `a string with a line separator or byte order mark (${JSON.stringify(text.slice(0, 80))}), which some YAML parsers read as a line break and others ignore. Remove the character.`,
    )
}
