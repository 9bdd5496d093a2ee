import { parseLeniently } from '@hadal/runtime/http/lenient-input'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { routeInputs } from '../fuzz/route-inputs.ts'
import { zodArbitrary } from '../fuzz/zod-arbitrary.ts'

/**
 * Routes that refuse unknown fields of body and query, because ignoring one would widen the effect. So does every deletion, whatever its schema.
 */
const exactRoutes = ['POST /threads/prune', 'POST /runs/cancel']
/** Objects within bodies and queries that refuse unknown fields. */
const exactFields = ['ttl']
/**
 * Fields in which null has a meaning: an input of null continues a thread, an update of null changes no values. Null in all other optional
 * fields is absence.
 */
const meaningfulNulls = ['input', 'values']

type Place = readonly (string | number)[]

const schemas = Object.entries(routeInputs).flatMap(([route, { body, query }]) => [
  ...(body ? [[`the body of ${route}`, route, body] as const] : []),
  ...(query ? [[`the query of ${route}`, route, query] as const] : []),
])
const leaves = { text: fc.constant('text'), anything: fc.constant({ any: {} }) }

/** Values that a schema accepts: some with most of their fields, some with few. */
function validValues(schema: z.core.$ZodType): unknown[] {
  const samples = fc.sample(zodArbitrary(schema, leaves), { seed: 42, numRuns: 200 })
  return samples.filter((value) => z.safeParse(schema, value).success)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Places of all objects in a value, the outermost first. */
const objectsIn = (value: unknown, at: Place = []): Place[] =>
  isObject(value)
    ? [
        ...(Array.isArray(value) ? [] : [at]),
        ...Object.entries(value).flatMap(([key, one]) =>
          objectsIn(one, [...at, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : []

function withField(value: unknown, place: Place, key: string, content: unknown): unknown {
  const copy: unknown = structuredClone(value)
  const holder = place.reduce<unknown>((at, step) => (isObject(at) ? Reflect.get(at, step) : undefined), copy)
  if (isObject(holder)) Reflect.set(holder, key, content)
  return copy
}

const asZod = (schema: z.core.$ZodType): z.ZodType => {
  if (schema instanceof z.ZodType) return schema
  throw new Error('The schema is not one of zod.')
}

describe.each(schemas)('%s', (_what, route, schema) => {
  const deletes = route.startsWith('DELETE ')
  const isExact = (place: Place): boolean =>
    deletes ||
    (exactRoutes.includes(route) && place.length === 0) ||
    place.some((step) => exactFields.includes(String(step)))

  test('ignores and names unknown fields in each of its objects, except where it must refuse them', () => {
    const values = validValues(schema)
    expect(values.length).toBeGreaterThan(0)
    for (const value of values) {
      const { data } = z.safeParse(schema, structuredClone(value))
      for (const place of objectsIn(value)) {
        const result = parseLeniently(asZod(schema), withField(value, place, 'colour', 1), deletes)
        const name = [...place, 'colour'].join('.')
        // A key in the map of a checkpoint names the checkpoint, which a run without a thread can't have.
        if (!result.success && place.at(-1) === 'checkpoint_map') continue
        // An object with fields of any name, such as the paths of an extraction, may restrict their values.
        if (!result.success && result.issues.some(({ path }) => path.join('.') === name)) continue
        if (isExact(place)) {
          expect(result).toMatchObject({ success: false, ignored: [] })
        } else if (result.ignored.length > 0) {
          expect(result).toEqual({ success: true, data, ignored: [name] })
        } else {
          // The object has fields of any name, such as metadata, and keeps this one.
          expect(result).toMatchObject({ success: true })
          expect(JSON.stringify(result)).toContain('"colour":1')
        }
      }
    }
  })

  test('takes null in an optional field for absence, except in fields where null has a meaning', () => {
    const [value = {}] = validValues(schema)
    const shape = schema instanceof z.ZodObject ? Object.entries(schema.shape) : []
    const optional = shape.filter(([, field]) => z.safeParse(field, undefined).success)
    for (const [key, field] of optional) {
      const acceptsAnything = z.safeParse(field, Symbol('any')).success
      expect([key, acceptsAnything]).toEqual([key, meaningfulNulls.includes(key) && acceptsAnything])
      const absent = parseLeniently(asZod(schema), withField(value, [], key, undefined))
      const empty = parseLeniently(asZod(schema), withField(value, [], key, null))
      const shown = (result: object): unknown =>
        JSON.parse(JSON.stringify(result), (name, one: unknown) => (name === key && one === null ? undefined : one))
      expect([key, empty.success]).toEqual([key, absent.success])
      if (absent.success && !acceptsAnything) expect([key, shown(empty)]).toEqual([key, shown(absent)])
    }
  })
})
