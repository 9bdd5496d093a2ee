import type { z } from 'zod'
import { knownFields, unionVariants, valueAt } from './field-schema.ts'
import { nearestName } from './nearest-name.ts'
import type { Problem } from './problem.ts'

type Issue = z.core.$ZodIssue

const oneOf = (values: readonly unknown[]) =>
  `${values.length > 1 ? 'one of ' : ''}${values.map((value) => JSON.stringify(value)).join(', ')}`

/** A path in JavaScript notation, e.g. `slo.burnRates[0].long`. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  )

function unknownFieldProblem(schema: z.ZodType, input: unknown, path: readonly PropertyKey[], key: string): Problem {
  const known = knownFields(schema, input, path)
  const near = nearestName(key, known)
  const deeper = known.filter((field) => knownFields(schema, input, [...path, field]).includes(key))
  return {
    // The value is left out: a field in the wrong place may hold a secret.
    path: pathText([...path, key]),
    allowed: `Unknown field. Known fields: ${known.join(', ')}.`,
    remedy:
      deeper.length > 0
        ? `Write it in ${deeper.map((field) => pathText([...path, field])).join(' or ')}.`
        : near
          ? `Write "${near}" if that is meant, or remove it.`
          : 'Remove it.',
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}

function allowedBy(issue: Issue): string {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? Number(issue.minimum) : Number(issue.maximum)
    const side = issue.code === 'too_small' ? 'at least' : 'at most'
    if (issue.origin === 'array') return `Must have ${side} ${bound} ${bound === 1 ? 'entry' : 'entries'}.`
    if (issue.origin === 'string') return `Must have ${side} ${bound} ${bound === 1 ? 'character' : 'characters'}.`
    if (!issue.inclusive) return `Must be a number ${issue.code === 'too_small' ? 'above' : 'below'} ${bound}.`
    return `Must be ${side} ${bound}.`
  }
  if (issue.code === 'invalid_type' && issue.expected !== 'never')
    return `Must be ${typeNames[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_value') return `Must be ${oneOf(issue.values)}.`
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return `Must be ${oneOf(issue.options)}.`
  if (issue.code === 'invalid_key') return `The name must be ${issue.issues.map(({ message }) => message).join(', ')}.`
  return `Must be ${issue.message}.`
}

function problemsOf(schema: z.ZodType, input: unknown, issue: Issue): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownFieldProblem(schema, input, issue.path, key))
  const value = valueAt(input, issue.path)
  const path = pathText(issue.path)
  const variants =
    issue.code === 'invalid_type' && issue.expected === 'object' ? unionVariants(schema, input, issue.path) : undefined
  const allowed = variants ? `Must be an object with ${variants.field}: ${oneOf(variants.values)}.` : allowedBy(issue)
  if (value !== undefined) return [{ path, value, allowed, remedy: 'Change it.' }]
  const fields = knownFields(schema, input, issue.path)
  const parts = fields.length > 0 ? ` with ${fields.join(', ')}` : ''
  return [{ path, allowed: `Missing. ${allowed}`, remedy: `Add it${parts}.` }]
}

/** Converts Zod's issues to problems. `input` is the parsed value: it gives the problems their values and the suggestions for misspelt names. */
export const schemaProblems = (schema: z.ZodType, input: unknown, error: z.ZodError): Problem[] =>
  error.issues.flatMap((issue) => problemsOf(schema, input, issue))
