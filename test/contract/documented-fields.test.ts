import { Environment } from '@hadal/platform/environment'
import { schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { expect, test } from 'vitest'
import { type Code, codeIn, documentedCode } from './documented-code.ts'

const leaves = schemaLeaves(Environment)
/** Paths of all fields, without the brackets of lists. The key of a record is `*`. */
const paths = new Set(
  leaves.flatMap(({ path }) => {
    const steps = path.replaceAll('[]', '').split('.')
    return steps.map((_, index) => steps.slice(0, index + 1).join('.'))
  }),
)
const topLevel = Object.keys(Environment.shape)

/** A path of a field at the begin of a span, with the text after it. `*`, `<name>` and `…` stand for any step. */
const fieldPath = new RegExp(`^(?:${topLevel.join('|')})(?:\\.[\\w*<>…-]+)+(?=$|[:, =({[])`)
/** Spans that begin like a field: the file of a release, and options of `defineAgent`. */
const otherThings = new Set(['release.json', 'approvals.also', 'approvals.except'])
/** A value that the schema of the field can judge. */
const plainValue = /^: (?:'([^'…]*)'|(true|false|\d+))$/

const wild = /^(?:\*|<.*>|…)$/
const matches = (known: string, named: readonly string[]): boolean => {
  const steps = known.split('.')
  return (
    steps.length === named.length &&
    steps.every((step, index) => step === '*' || step === named[index] || wild.test(named[index] ?? ''))
  )
}

/** Returns each field of `config.ts` that does not exist, and each value that its field does not allow. */
function unknownFields(code: readonly Code[]): string[] {
  return code.flatMap(({ place, text, block }) => {
    const [path] = block ? [] : (fieldPath.exec(text) ?? [])
    if (path === undefined || otherThings.has(path)) return []
    const steps = path.split('.')
    if (![...paths].some((known) => matches(known, steps))) return [`${place}: ${path} is no field`]
    const [, word, literal] = plainValue.exec(text.slice(path.length)) ?? []
    if (word === undefined && literal === undefined) return []
    const value: unknown = literal === undefined ? word : JSON.parse(literal)
    const fields = leaves.filter((leaf) => matches(leaf.path.replaceAll('[]', ''), steps))
    const allowed = fields.some(({ kinds, schema }) =>
      kinds ? kinds.includes(String(value)) : schema.safeParse(value).success,
    )
    return allowed || fields.length === 0 ? [] : [`${place}: ${text}: the field does not allow this value`]
  })
}

test('documents name only fields of config.ts that exist, with values that they allow', () => {
  expect(documentedCode.filter(({ text, block }) => !block && fieldPath.test(text)).length).toBeGreaterThan(100)
  expect(unknownFields(documentedCode)).toEqual([])
})

test.each([
  ['`postgres.replicas`', 'is no field'],
  ['`agent.*.autoscaling.most`', 'is no field'],
  ["`postgres.kind: 'mysql'`", 'does not allow this value'],
  ['`retention.checkpointDays: true`', 'does not allow this value'],
])('the check finds the error in %s', (text, problem) => {
  expect(unknownFields(codeIn('page.md', text))).toEqual([expect.stringContaining(problem)])
})
