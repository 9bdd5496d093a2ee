import { z } from 'zod'
import { isRecord } from './is-record.ts'

/** The schema without its default and optional wrappers. For a union, the option that the value's discriminator selects. */
function bare(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return bare(schema.def.innerType, value)
  if (!(schema instanceof z.ZodDiscriminatedUnion) || !isRecord(value)) return schema
  const { discriminator, options } = schema.def
  return options.find((option) => {
    const kind = option instanceof z.ZodObject ? option.shape[discriminator] : undefined
    return kind instanceof z.ZodLiteral && kind.value === value[discriminator]
  })
}

/** Schema of one field, entry or item of a schema. */
function inner(schema: unknown, step: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(step)]
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodArray ? schema.element : undefined
}

/** Schema at a path of the input, with its wrappers, and the value there. */
function schemaAt(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): [schema: unknown, value: unknown] {
  let [at, value]: [unknown, unknown] = [schema, input]
  for (const step of path) {
    at = inner(bare(at, value), step)
    value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined
  }
  return [at, value]
}

/** Names of the fields that the schema allows at a path of the input. Empty if the schema expects no object there. */
export function knownFields(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const here = bare(...schemaAt(schema, input, path))
  if (!(here instanceof z.ZodObject)) return []
  return Object.entries(here.shape).flatMap(([name, field]) =>
    bare(field, undefined) instanceof z.ZodNever ? [] : [name],
  )
}

/** Field that decides the variant of a union at a path of the input, with its values, e.g. `kind` with `pods` and `addresses`. */
export function unionVariants(
  schema: z.ZodType,
  input: unknown,
  path: readonly PropertyKey[],
): { readonly field: string; readonly values: readonly unknown[] } | undefined {
  const here = bare(schemaAt(schema, input, path)[0], undefined)
  if (!(here instanceof z.ZodDiscriminatedUnion)) return undefined
  const { discriminator: field, options } = here.def
  const values = options.flatMap((option) => {
    const kind = option instanceof z.ZodObject ? option.shape[field] : undefined
    return kind instanceof z.ZodLiteral ? [...kind.values] : []
  })
  return { field, values }
}

/** Value of a configuration's input at a path; undefined if the path does not exist. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined),
    input,
  )
}
