import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { projects } from '../../vitest.config.ts'
import { countsIn, failuresIn, runTiers, runVitest } from '../fixtures/run-tiny-selection.ts'
import { root } from '../repository-copy.ts'

// `cluster` and `engine` build Go programs before their tests, so only their Vitest is run here.
const tiers = ['unit', 'snapshot', 'contract', 'integration', 'long', 'tools', 'browser', 'services']

test.each([
  ['failing', '0 passed, 1 failed', 'test/fixtures/outcomes/failing.ts > fails: expected 1 to be 2'],
  ['unhandled-rejection', '1 passed, 1 failed', 'no test: This rejection is not handled.'],
  ['nothing', '0 passed, 1 failed', 'Vitest exited with 1 (see above)'],
] as const)('test/run.ts gives the right status, counts and failures for %s', async (selection, counts, failure) => {
  const ended = await runTiers(tiers, selection)
  const each = <T>(wanted: T): Record<string, T> => Object.fromEntries(tiers.map((tier) => [tier, wanted]))
  expect([ended.status, countsIn(ended)], ended.output).toEqual([1, each(counts)])
  expect(failuresIn(ended), ended.output).toEqual(each(expect.stringContaining(failure)))
})

describe('Vitest itself', () => {
  test.each(projects.map(({ test: { name } }) => name))(
    'exits with 1 for a failing test of project %s',
    async (project) => {
      const { status, output } = await runVitest(project, 'failing')
      expect(status, output).toBe(1)
    },
  )

  // One project without a global set-up and one with it.
  test.each(
    ['unit', 'integration'].flatMap((project) => [
      { project, selection: 'unhandled-rejection', wanted: 1 } as const,
      { project, selection: 'nothing', wanted: 1 } as const,
      { project, selection: 'passing', wanted: 0 } as const,
    ]),
  )('exits with $wanted for $selection in project $project', async ({ project, selection, wanted }) => {
    const { status, output } = await runVitest(project, selection)
    expect(status, output).toBe(wanted)
  })
})

test('the set-up of the cluster tier does not change the exit status of its runner', () => {
  const setUp = join(root, 'test/cluster/ground/set-up.ts')
  const program = `process.exitCode = 7; await import(${JSON.stringify(setUp)})`
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', program]).status).toBe(7)
})
