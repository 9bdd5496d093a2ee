import fc, { type Arbitrary } from 'fast-check'
import { z } from 'zod'

/**
 * Generator of values that a schema accepts, before its transformations.
 *
 * @param leaves generators for places where the schema allows any string or any value
 * @throws Error for an unsupported type of schema
 */
export function zodArbitrary(
  schema: z.core.$ZodType,
  leaves: { readonly text: Arbitrary<string>; readonly anything: Arbitrary<unknown> },
): Arbitrary<unknown> {
  const of = (inner: z.core.$ZodType): Arbitrary<unknown> => zodArbitrary(inner, leaves)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return fc.option(of(schema.def.innerType), { nil: undefined })
  if (schema instanceof z.ZodNullable) return fc.option(of(schema.def.innerType), { nil: null })
  if (schema instanceof z.ZodPipe) return of(schema.def.in)
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(of))
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodArray) return fc.array(of(schema.element), { maxLength: 3 })
  if (schema instanceof z.ZodTuple) return fc.tuple(...schema.def.items.map(of))
  if (schema instanceof z.ZodRecord) return fc.dictionary(leaves.text, of(schema.valueType), { maxKeys: 3 })
  if (schema instanceof z.ZodObject) return ofObject(schema.shape, of)
  if (schema instanceof z.ZodUUID) return fc.uuid()
  if (schema instanceof z.ZodString) {
    const [pattern] = schema._zod.bag.patterns ?? []
    return pattern ? fc.stringMatching(pattern) : leaves.text
  }
  if (schema instanceof z.ZodNumber) {
    const [min, max] = [schema.minValue ?? -1_000, schema.maxValue ?? 1_000]
    return schema.format === 'safeint'
      ? fc.integer({ min: Math.max(min, -1_000), max: Math.min(max, 10_000) })
      : fc.double({ min, max, noNaN: true })
  }
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNull) return fc.constant(null)
  if (schema instanceof z.ZodUndefined) return fc.constant(undefined)
  if (schema instanceof z.ZodUnknown) return leaves.anything
  throw new Error(`There is no generator for a schema of type "${schema._zod.def.type}". Add it to zod-arbitrary.ts.`)
}

function ofObject(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  of: (inner: z.core.$ZodType) => Arbitrary<unknown>,
): Arbitrary<unknown> {
  const isRequired = (inner: z.core.$ZodType): boolean => !z.safeParse(inner, undefined).success
  const fields = Object.entries(shape)
  return fc.record(Object.fromEntries(fields.map(([key, inner]) => [key, of(inner)])), {
    requiredKeys: fields.filter(([, inner]) => isRequired(inner)).map(([key]) => key),
  })
}
