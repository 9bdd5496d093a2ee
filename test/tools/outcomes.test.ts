import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { projects } from '../../vitest.config.ts'
import { countsIn, runTiers, runVitest } from '../fixtures/run-tiny-selection.ts'
import { root } from '../repository-copy.ts'

// `cluster` and `engine` build Go programs before their tests, so only their Vitest is run here.
const tiers = ['unit', 'snapshot', 'contract', 'integration', 'long', 'tools', 'browser', 'services']

test.each([
  ['failing', '0 passed, 1 failed'],
  ['unhandled-rejection', '1 passed, 1 failed'],
  ['nothing', '0 passed, 1 failed'],
] as const)('test/run.ts gives the right status and counts for %s', async (selection, counts) => {
  const ended = await runTiers(tiers, selection)
  const wanted = Object.fromEntries(tiers.map((tier) => [tier, counts]))
  expect([ended.status, countsIn(ended)], ended.output).toEqual([1, wanted])
})

describe.each(projects.map(({ test: { name } }) => name))('Vitest itself, project %s,', (project) => {
  test.each([
    ['failing', 1],
    ['unhandled-rejection', 1],
    ['nothing', 1],
    ['passing', 0],
  ] as const)('exits with the right status for %s', async (selection, wanted) => {
    const { status, output } = await runVitest(project, selection)
    expect(status, output).toBe(wanted)
  })
})

test('the set-up of the cluster tier does not change the exit status of its runner', () => {
  const setUp = join(root, 'test/cluster/ground/set-up.ts')
  const program = `process.exitCode = 7; await import(${JSON.stringify(setUp)})`
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', program]).status).toBe(7)
})
