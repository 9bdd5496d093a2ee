import { defineEnvironment } from '@hadal/platform/define-environment'
import { Environment } from '@hadal/platform/environment'
import { schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { EnvironmentProblems, problemSentence } from '@hadal/platform/problem'
import { expect, test } from 'vitest'
import { keysOf, withValue } from './schema/keys-of.ts'
import { bases } from './schema/schema-bases.ts'

/** Sentences about every environment of the bases that has a field, with one value of this field. */
function sentencesWith(leaf: (typeof leaves)[number], value: unknown): string[][] {
  return bases.flatMap((base) => {
    const keys = keysOf(leaf, base)
    if (keys === undefined) return []
    try {
      defineEnvironment(withValue(base, keys, value))
      return [[]]
    } catch (error) {
      if (error instanceof EnvironmentProblems) return [error.problems.map(problemSentence)]
      throw error
    }
  })
}

const leaves = schemaLeaves(Environment)
const sizes = leaves.filter(({ schema }) => schema.safeParse('1Ki').success && !schema.safeParse('text').success)
const cpus = leaves.filter(({ schema }) => schema.safeParse('1m').success && !schema.safeParse('1h').success)

test.each(sizes)('$path of 1Ki is refused with the least that works', (leaf) => {
  const found = sentencesWith(leaf, '1Ki')
  expect(found).not.toEqual([])
  for (const sentences of found)
    expect(sentences.join('\n'), 'Add the field to packages/platform/src/invariants/smallest-sizes.ts.').toMatch(
      new RegExp(`(^|\n)${leaf.path.replaceAll('.', '\\.')} = "1Ki": Must be at least \\d+(Ki|Mi|Gi|Ti)`),
    )
})

test.each(cpus)('$path of 1m is refused with the least that works', (leaf) => {
  const found = sentencesWith(leaf, '1m')
  expect(found).not.toEqual([])
  for (const sentences of found)
    expect(sentences.join('\n'), 'Add the field to packages/platform/src/invariants/smallest-sizes.ts.').toMatch(
      new RegExp(`(^|\n)${leaf.path.replaceAll('.', '\\.')} = "1m": Must be at least \\d+m?[ :,]`),
    )
})

const requests = leaves.filter(({ path }) => path.includes('.resources.requests.'))

test.each(requests)('$path above its limit is refused', (leaf) => {
  const value = leaf.path.endsWith('.cpu') ? '9999' : '9Ti'
  const found = sentencesWith(leaf, value)
  expect(found).not.toEqual([])
  for (const sentences of found)
    expect(sentences.join('\n')).toContain(`${leaf.path} = "${value}": Must be at most the limit`)
})

test('there are sizes of every kind', () => {
  expect(sizes.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['postgres.storage.size', 'sandbox.resources.limits.memory', 'batch.size']),
  )
  expect(cpus.length).toBeGreaterThan(8)
  expect(requests.length).toBeGreaterThan(12)
})
