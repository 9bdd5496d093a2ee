import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Answer } from './case.ts'

type Json = Readonly<Record<string, unknown>>

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (one, key) => (typeof one === 'object' && one !== null ? Reflect.get(one, key) : undefined),
    value,
  )

/** Compares answers of operations with the server's OpenAPI document. */
export class AnswerSchemas {
  readonly #document: Json
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false })
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(document: Json) {
    this.#document = document
  }

  /** Returns what is wrong with an answer; undefined if the document describes it. */
  problemOf(operation: string, { status, headers, body }: Answer): string | undefined {
    const [method = '', path = ''] = operation.split(' ')
    const answer = at(this.#document, 'paths', path, method.toLowerCase(), 'responses', `${status}`)
    if (answer === undefined) return `The document has no answer ${status} of ${operation}.`
    const type = headers.get('content-type')?.split(';')[0]
    const content = at(answer, 'content')
    if (type === undefined || content === undefined) {
      return type === undefined && content === undefined
        ? undefined
        : `${operation}, ${status}: the type ${type} is not that of the document.`
    }
    const schema = at(content, type, 'schema')
    if (schema === undefined) return `${operation}, ${status}: the document does not have the type ${type}.`
    if (type !== 'application/json') return undefined
    const key = `${operation}, ${status}`
    const validate = this.#compiled.get(key) ?? this.#ajv.compile(this.#withoutReferences(schema))
    this.#compiled.set(key, validate)
    return validate(body) ? undefined : `${key}: ${this.#ajv.errorsText(validate.errors)}`
  }

  /** A schema in which each reference is replaced by the schema that it names. The document has no recursive schema. */
  #withoutReferences(schema: unknown): Json {
    const text = JSON.stringify(schema, (_key, value: unknown) => {
      const reference = at(value, '$ref')
      return typeof reference === 'string' ? at(this.#document, ...reference.slice(2).split('/')) : value
    })
    return JSON.parse(text)
  }
}
