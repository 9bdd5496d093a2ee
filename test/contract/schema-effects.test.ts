import { Environment } from '@hadal/platform/environment'
import { schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { expect, test } from 'vitest'
import { type Effect, leafEffect } from './schema/leaf-effect.ts'

const leaves = schemaLeaves(Environment)
/** What to do about a leaf whose effect is not the expected one. */
const remedies: Readonly<Record<Exclude<Effect, 'effect'>, string>> = {
  none: 'no rendered object, no Pulumi resource and no listed behaviour changes with it. Use the field or remove it. If a program acts on it in another way, add that behaviour to test/contract/schema/observations.ts.',
  'no base':
    'no environment of test/contract/schema/schema-bases.ts has it. Add it to one, or its variant to charts/src/fixtures/shapes.ts.',
  'no value':
    'no other value is valid in the environments of test/contract/schema/schema-bases.ts. Add a valid text to test/contract/schema/other-values.ts, or an environment in which another value is allowed.',
}

test.each(leaves)('$path changes an object, a resource or a behaviour', async (leaf) => {
  const effect = await leafEffect(leaf)
  const where = leaf.variants.map(({ path, value }) => ` with ${path} = "${value}"`).join('')
  const remedy = effect === 'effect' ? '' : remedies[effect]
  expect(effect, `The field ${leaf.path}${where}: ${remedy}`).toBe('effect')
})
