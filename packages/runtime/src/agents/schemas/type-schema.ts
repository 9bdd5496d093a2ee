import type { Checker, Signature, Symbol as TsSymbol } from 'typescript/unstable/async'
import type { Type } from './compiler.ts'
import type { JsonSchema } from './graph-schemas.ts'
import { messagesInputSchema, messagesSchema } from './message-schemas.ts'

/** Bits of the compiler's `TypeFlags`: its enums exist only where the compiler is installed. */
const flag = {
  any: 1 | 2,
  absent: 4 | 16 | 262_144,
  null: 8,
  string: 32 | 4_194_304 | 8_388_608,
  number: 64,
  boolean: 256,
  object: 1_048_576 | 268_435_456,
} as const
/** Bit of the compiler's `SymbolFlags` for an optional property. */
const optional = 16_777_216
/** Kind of the compiler's `SignatureKind` for a call. */
const call = 0
/** Maximum nesting of a schema. Deeper types get the schema of any value, and so does a type inside itself. */
const maxDepth = 6

/** Whether the values of a schema are unknown. */
const isAny = (schema: JsonSchema): boolean => Object.keys(schema).length === 0

/** Converts types of TypeScript to JSON Schemas. What JSON Schema can't express, such as a class, gets the schema of any value. */
export class TypeSchemas {
  readonly #checker: Checker
  readonly #purpose: 'state' | 'input'
  readonly #inside = new Set<number>()
  constructor(checker: Checker, purpose: 'state' | 'input') {
    this.#checker = checker
    this.#purpose = purpose
  }

  /** Returns the schema of a type; undefined for a type without values in JSON, such as a function. */
  async of(type: Type): Promise<JsonSchema | undefined> {
    if (type.flags & flag.any || this.#inside.size >= maxDepth || this.#inside.has(type.id)) return {}
    if (type.flags & flag.absent) return undefined
    if (type.flags & flag.null) return { type: 'null' }
    if (type.isStringLiteralType() || type.isNumberLiteralType() || type.isBooleanLiteralType()) {
      return { const: type.value }
    }
    if (type.flags & flag.string) return { type: 'string' }
    if (type.flags & flag.number) return { type: 'number' }
    if (type.flags & flag.boolean && !type.isUnionType()) return { type: 'boolean' }
    this.#inside.add(type.id)
    try {
      if (type.isUnionType()) return await this.#ofUnion(await type.getTypes())
      return type.flags & flag.object ? await this.#ofObject(type) : {}
    } finally {
      this.#inside.delete(type.id)
    }
  }

  async #ofUnion(types: readonly Type[]): Promise<JsonSchema | undefined> {
    const schemas: JsonSchema[] = []
    for (const one of types) {
      // A node may replace the value of a channel with a reducer by `{ __overwrite__: value }`, which is no part of the API.
      if (await this.#checker.getPropertyOfType(one, '__overwrite__')) continue
      const schema = await this.of(one)
      if (schema && !schemas.some((known) => JSON.stringify(known) === JSON.stringify(schema))) schemas.push(schema)
    }
    if (schemas.some(isAny)) return {}
    const constants = schemas.flatMap((schema) => ('const' in schema ? [schema.const] : []))
    const isBoolean = constants.includes(true) && constants.includes(false)
    const values = isBoolean ? constants.filter((value) => typeof value !== 'boolean') : constants
    const all = [
      ...(values.length > 1 ? [{ enum: values }] : values.map((value) => ({ const: value }))),
      ...(isBoolean ? [{ type: 'boolean' }] : []),
      ...schemas.filter((schema) => !('const' in schema)),
    ]
    return all.length > 1 ? { anyOf: all } : all[0]
  }

  async #ofObject(type: Type): Promise<JsonSchema | undefined> {
    const checker = this.#checker
    if (await checker.isArrayType(type)) {
      const [item] = type.isTypeReference() ? await checker.getTypeArguments(type) : []
      if (item && (await this.#isMessage(item))) return this.#purpose === 'input' ? messagesInputSchema : messagesSchema
      return { type: 'array', items: (item && (await this.of(item))) ?? {} }
    }
    if (await checker.isTupleType(type)) return { type: 'array' }
    if (await this.#isMessage(type)) return messagesSchema.items as JsonSchema
    const calls: readonly Signature[] = await checker.getSignaturesOfType(type, call)
    if (calls.length > 0) return undefined
    if (type.isClassOrInterface() && (await isDeclaredByLibrary(type))) return {}
    const properties: Record<string, JsonSchema> = {}
    const required: string[] = []
    for (const property of await checker.getPropertiesOfType(type)) {
      const schema = await this.#ofProperty(property)
      if (!schema || property.name.startsWith('__@')) continue
      properties[property.name] = schema
      if (!(property.flags & optional)) required.push(property.name)
    }
    const [index] = await checker.getIndexInfosOfType(type)
    const others = index && (await this.of(index.valueType))
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(others && !isAny(others) ? { additionalProperties: others } : {}),
    }
  }

  async #ofProperty(property: TsSymbol): Promise<JsonSchema | undefined> {
    const type = await this.#checker.getTypeOfSymbol(property)
    const schema = type && (await this.of(type))
    const description = schema && (await property.getDocumentationComment(this.#checker))
    return description ? { ...schema, description } : schema
  }

  /** Whether a type is a message of LangChain, or a union of messages. */
  async #isMessage(type: Type): Promise<boolean> {
    if (type.isUnionType()) {
      for (const one of await type.getTypes()) if (!(await this.#isMessage(one))) return false
      return true
    }
    if (!(type.flags & flag.object)) return false
    for (const name of ['lc_namespace', 'getType', 'content', 'additional_kwargs'])
      if (!(await this.#checker.getPropertyOfType(type, name))) return false
    return true
  }
}

/** Whether a class or interface is declared outside the project: `Date`, `Map`, or a class of a dependency. */
async function isDeclaredByLibrary(type: Type): Promise<boolean> {
  const symbol = await type.getSymbol()
  return (
    symbol?.declarations.some(({ path }) => /(^|\/)node_modules\/|\/lib\.[^/]*\.d\.ts$|^bundled:/.test(path)) ?? false
  )
}
