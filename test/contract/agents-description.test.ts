import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { agentsDescriptionFile, describeCommand } from '@hadal/platform/agents-description'
import { describeAgents, descriptionText } from '@hadal/runtime/agents/describe-agents'
import { capabilities } from '@hadal/runtime/agents/server-capabilities'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

test('the committed description is what the agents and their server are', async () => {
  const file = join(root, agentsDescriptionFile)
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const actual = descriptionText(await describeAgents(join(root, 'packages/agents/langgraph.json')))
  const mend = `${agentsDescriptionFile} is not what the agents are. Run "${describeCommand}", review the changes and commit them.`
  expect(committed, mend).toBe(actual)
})

const proofs = Object.entries(capabilities).flatMap(([name, proof]) => (proof ? [{ name, ...proof }] : []))

test.each(proofs)('that the server has $name is proven by a test', ({ file, test: title }) => {
  const mend =
    'Correct packages/runtime/src/agents/server-capabilities.ts: write the test that proves it now, or false.'
  expect(file, mend).toMatch(/\.test\.ts$/)
  const path = join(root, file)
  const found = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  const lines = found.filter((line) => line.includes(title))
  // Under a test's call, so neither a comment nor a test that is skipped or still to be written.
  expect(lines, mend).toEqual([expect.stringMatching(/^\s*(test|it)(\.each\(.*\)|\.for\(.*\))?\(/)])
})
