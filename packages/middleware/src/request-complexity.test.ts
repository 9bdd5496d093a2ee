import { expect, test } from 'vitest'
import { higherTier, requestComplexity } from './request-complexity.ts'

test.each([
  [499, 2, 'simple'],
  [500, 2, 'standard'],
  [499, 3, 'standard'],
  [1_999, 9, 'standard'],
  [2_000, 0, 'complex'],
] as const)('a request with %i tokens and %i tools is %s by the default limits', (tokens, tools, tier) => {
  expect(requestComplexity({ tokens, tools })).toBe(tier)
})

test('the limits are configurable', () => {
  const bounds = { simpleBelowTokens: 10, simpleBelowTools: 1, standardBelowTokens: 20 }
  expect([5, 15, 25].map((tokens) => requestComplexity({ tokens, tools: 0 }, bounds))).toEqual([
    'simple',
    'standard',
    'complex',
  ])
  expect(requestComplexity({ tokens: 5, tools: 1 }, bounds)).toBe('standard')
})

test('the higher of two tiers is the more complex', () => {
  expect([higherTier('simple', 'complex'), higherTier('standard', 'simple')]).toEqual(['complex', 'standard'])
})
