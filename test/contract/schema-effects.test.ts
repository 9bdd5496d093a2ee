import { Environment } from '@hadal/platform/environment'
import { schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { expect, test } from 'vitest'
import { type Effect, leafEffect } from './schema/leaf-effect.ts'

const leaves = schemaLeaves(Environment)
/** Fields of which the charts refuse every value except the default. This list may only get shorter. */
const refused: readonly string[] = []

const expected = (path: string): Effect => (refused.includes(path) ? 'refused' : 'effect')

/** What to do about a leaf whose effect is not the expected one. */
const remedies: Readonly<Record<Effect, string>> = {
  none: 'no rendered object, no Pulumi resource and no listed behaviour changes with it. Use the field or remove it. If it will be used later, refuse every value except its default in charts/src/not-yet.ts and add it to "refused" here. If a program acts on it in another way, add that behaviour to test/contract/schema/observations.ts.',
  effect: 'it has an effect now. Remove it from "refused" here.',
  refused: 'charts/src/not-yet.ts refuses every value except the default, but it is not in the list "refused" here.',
  'no base':
    'no environment of test/contract/schema/schema-bases.ts has it. Add it to one, or its variant to charts/src/fixtures/shapes.ts.',
  'no value':
    'no other value is valid in the environments of test/contract/schema/schema-bases.ts. Add a valid text to test/contract/schema/other-values.ts, or an environment in which another value is allowed.',
}

test.each(leaves)('$path changes an object, a resource or a behaviour', async (leaf) => {
  const effect = await leafEffect(leaf)
  const where = leaf.variants.map(({ path, value }) => ` with ${path} = "${value}"`).join('')
  expect(effect, `The field ${leaf.path}${where}: ${remedies[effect]}`).toBe(expected(leaf.path))
})

test('every refused field is a field of the schema', () => {
  const paths = new Set(leaves.map(({ path }) => path))
  expect(refused.filter((path) => !paths.has(path))).toEqual([])
})
