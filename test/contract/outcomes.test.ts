import { describe, expect, test } from 'vitest'
import { countsIn, runTiers } from '../fixtures/run-tiny-selection.ts'

// One tier without a global set-up and one with it. Other tiers and failures are in test/tools/outcomes.test.ts, which takes a minute.
const tiers = ['unit', 'integration']
const each = (counts: string): Record<string, string> => Object.fromEntries(tiers.map((tier) => [tier, counts]))

describe('npm test', () => {
  test.each([
    ['a failing test', 'failing', 1, '0 passed, 1 failed'],
    ['a passing test', 'passing', 0, '1 passed, 0 failed'],
  ] as const)('gives the right status and counts for %s', async (_what, selection, status, counts) => {
    const ended = await runTiers(tiers, selection)
    expect([ended.status, countsIn(ended)], ended.output).toEqual([status, each(counts)])
  })
})
