import type { Json, JsonRecord, KubernetesObject } from './rendered-object.ts'
import { yamlKey, yamlValue } from './yaml-scalar.ts'

/**
 * The object as the text of its file: keys in the order in which the chart wrote them, `\n` at every end. The same bytes on every machine, time
 * zone and locale, and the same that the library `yaml` writes: it decides how a scalar is quoted. Maps and lists are written here, since the
 * library takes four times as long for the document of an object, which was half of rendering.
 *
 * @throws Error for a string that no two readers take for the same
 */
export function toYaml(object: KubernetesObject): string {
  try {
    return `${map(object, '')}\n`
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new Error(`${object.kind} ${object.metadata.name} holds ${error.message}`)
  }
}

const isRecord = (value: Json): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** The lines of an object's fields. The first has no indentation: it may follow the dash of a list. */
function map(record: JsonRecord, indent: string): string {
  const lines: string[] = []
  for (const [key, value] of Object.entries(record))
    if (value !== undefined) lines.push(`${yamlKey(key)}:${field(value, indent)}`)
  return lines.length === 0 ? '{}' : lines.join(`\n${indent}`)
}

function list(items: readonly Json[], indent: string): string {
  return items.length === 0 ? '[]' : items.map((item) => `- ${nested(item, indent)}`).join(`\n${indent}`)
}

/** The text behind a field's colon: a map or list that is not empty begins on the next line. */
function field(value: Json, indent: string): string {
  const text = nested(value, indent)
  const isBlock = typeof value === 'object' && value !== null && text !== '{}' && text !== '[]'
  return isBlock ? `\n${indent}  ${text}` : ` ${text}`
}

/** A value inside a map or list whose lines have this indentation. */
function nested(value: Json, indent: string): string {
  if (isList(value)) return list(value, `${indent}  `)
  if (isRecord(value)) return map(value, `${indent}  `)
  const text = yamlValue(value)
  return text.includes('\n') ? text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`) : text
}
