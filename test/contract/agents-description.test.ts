import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { agentsDescriptionFile, describeCommand } from '@hadal/platform/agents-description'
import { describeAgents, descriptionText } from '@hadal/runtime/agents/describe-agents'
import { capabilities } from '@hadal/runtime/agents/server-capabilities'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

test('the committed description equals the generated one', async () => {
  const file = join(root, agentsDescriptionFile)
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const actual = descriptionText(await describeAgents(join(root, 'packages/agents/langgraph.json')))
  const mend = `${agentsDescriptionFile} is out of date. Run "${describeCommand}", review the changes and commit them.`
  expect(committed, mend).toBe(actual)
})

const proofs = Object.entries(capabilities).flatMap(([name, proof]) => (proof ? [{ name, ...proof }] : []))

test.each(proofs)('a test proves that the server has $name', ({ file, test: title }) => {
  const mend =
    'Fix packages/runtime/src/agents/server-capabilities.ts: name the test that proves the capability, or set it to false.'
  expect(file, mend).toMatch(/\.test\.ts$/)
  const path = join(root, file)
  const found = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const lines = found.filter((line) => line.includes(title))
  // The line must be a call of `test` or `it`: a comment or a skipped test is not a proof.
  expect(lines, mend).toEqual([expect.stringMatching(/^\s*(test|it)(\.each\(.*\)|\.for\(.*\))?\(/)])
})
