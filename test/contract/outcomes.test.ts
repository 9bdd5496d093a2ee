import { describe, expect, test } from 'vitest'
import { countsIn, failuresIn, runTiers } from '../fixtures/run-tiny-selection.ts'

// One tier without a global set-up and one with it. Other tiers and failures are in test/tools/outcomes.test.ts, which takes a minute.
const tiers = ['unit', 'integration']
const each = (text: string): Record<string, string> => Object.fromEntries(tiers.map((tier) => [tier, text]))

describe('npm test', () => {
  test.each([
    ['a failing test', 'failing', 1, '0 passed, 1 failed'],
    ['a passing test', 'passing', 0, '1 passed, 0 failed'],
  ] as const)('gives the right status and counts for %s', async (_what, selection, status, counts) => {
    const ended = await runTiers(tiers, selection)
    expect([ended.status, countsIn(ended)], ended.output).toEqual([status, each(counts)])
  })

  test('names each failed test, its file and its error at the end', async () => {
    const ended = await runTiers(tiers, 'failing')
    const failure = 'test/fixtures/outcomes/failing.ts > fails: expected 1 to be 2 // Object.is equality'
    expect(failuresIn(ended), ended.output).toEqual(each(failure))
  })
})
