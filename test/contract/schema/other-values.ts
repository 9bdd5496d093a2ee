import { ageRecipients } from '@hadal/platform/fixtures/age-recipients'
import { caCertificates } from '@hadal/platform/fixtures/ca-certificates'
import { z } from 'zod'

/** Texts of every notation that fields of an environment have. A field with a new notation needs two more of them here. */
const texts = [
  'other',
  'another',
  'other.example.com',
  'https://other.example.com/v1',
  'http://other.example.com',
  '198.51.100.0/28',
  '198.51.100.1',
  'anthropic:claude-haiku-4-5',
  'anthropic:another-model',
  'openai:gpt-5.6',
  '15 3 * * *',
  'registry.example.com/other',
  `registry.example.com/other@sha256:${'3'.repeat(64)}`,
  `sha256:${'3'.repeat(64)}`,
  'OTHER_NAME',
  '2025-01-01',
  ...Object.values(ageRecipients),
  ...Object.values(caCertificates),
]

/** Quantities or durations, e.g. `500m`, `2Gi` or `6h`, that are multiples or fractions of the current one. */
function otherAmounts(current: string): string[] {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(current) ?? []
  if (amount === undefined) return []
  return [2, 0.5, 4, 0.25, 1.25].map((factor) => `${Number(amount) * factor}${unit}`)
}

/** The schema without its wrappers for defaults and optional fields. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return unwrapped(schema.def.innerType)
  return schema instanceof z.ZodPipe ? unwrapped(schema.def.in) : schema
}

function candidates(schema: z.core.$ZodType, current: unknown): unknown[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => candidates(unwrapped(option), current))
  if (schema instanceof z.ZodEnum) return schema.options
  if (schema instanceof z.ZodLiteral) return [...schema.values]
  if (schema instanceof z.ZodBoolean) return [true, false]
  if (schema instanceof z.ZodArray) {
    const list: readonly unknown[] = Array.isArray(current) ? current : []
    const [first, ...rest] = list
    const others = candidates(unwrapped(schema.element), first)
    return [...others.map((other) => [...list, other]), ...others.map((other) => [other]), rest]
  }
  if (schema instanceof z.ZodNumber) {
    const number = typeof current === 'number' ? current : 1
    return [number + 1, number - 1, number * 2, number / 2, number / 4, 0.5, 1, 100, 1000, 100_000]
  }
  return typeof current === 'string' ? [...otherAmounts(current), ...texts, `${current}-other`] : texts
}

/** Valid values of a leaf that differ from the current one, the most likely ones first. */
export const otherValues = (schema: z.ZodType, current: unknown): unknown[] =>
  candidates(unwrapped(schema), current).filter((value) => value !== current && schema.safeParse(value).success)
