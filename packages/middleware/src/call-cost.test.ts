import { describe, expect, test } from 'vitest'
import { costOf, mostCost } from './call-cost.ts'
import { modelPrices, modelPricesAsOf } from './model-prices.ts'
import { priceOf } from './price-of.ts'
import { noTokens } from './token-usage.ts'

const million = 1_000_000

describe('costOf', () => {
  test.each([
    ['a prompt', { input: million }, 2],
    ['tokens read from the cache', { cacheRead: million }, 0.2],
    ['tokens written to the cache', { cacheCreation: million }, 2.5],
    ['an answer', { output: million }, 10],
    ['reasoning at the price of an answer', { reasoning: million }, 10],
    [
      'all of them together',
      { input: 1_000, cacheRead: 10_000, cacheCreation: 2_000, output: 500, reasoning: 500 },
      0.019,
    ],
  ])('returns the cost for claude-sonnet-5 of %s', (_, usage, usd) => {
    expect(costOf('claude-sonnet-5', { ...noTokens, ...usage })).toBeCloseTo(usd, 12)
  })

  test('uses the higher rate for all tokens of a call with a long prompt, and counts its cached part', () => {
    expect(costOf('gpt-5.6', { ...noTokens, input: 272_000, output: 1_000 })).toBeCloseTo(0.272 * 4 + 0.001 * 20, 12)
    expect(costOf('gpt-5.6', { ...noTokens, input: 200_000, cacheRead: 72_001, output: 1_000 })).toBeCloseTo(
      0.2 * 8 + 0.072001 * 0.8 + 0.001 * 30,
      12,
    )
  })

  test.each(['gpt-7', 'constructor', '', 'unknown', 'claude-sonnet-5-turbo'])(
    'returns undefined for the unknown model "%s"',
    (model) => {
      expect(costOf(model, { ...noTokens, input: million })).toBeUndefined()
    },
  )

  test.each(['anthropic:claude-opus-4-5', 'claude-opus-4-5-20251101', 'anthropic:claude-opus-4-5-20251101'])(
    'uses the price of claude-opus-4-5 for %s',
    (model) => {
      expect(priceOf(model)).toBe(modelPrices['claude-opus-4-5'])
    },
  )
})

describe('given prices', () => {
  const given = { 'openai:my-model': { input: 1, output: 4 }, 'anthropic:claude-sonnet-5': { input: 20, output: 100 } }

  test('are used for a model without a list price, with and without its provider', () => {
    for (const model of ['my-model', 'openai:my-model', 'my-model-2026-01-31'])
      expect(costOf(model, { ...noTokens, input: million, cacheRead: million, output: million }, given)).toBe(6)
    expect(costOf('another-model', { ...noTokens, input: million }, given)).toBeUndefined()
  })

  test('are used for a model whose name has a colon or a slash, with and without its provider', () => {
    const local = {
      'openai:llama3:8b': { input: 1, output: 1 },
      'openai:mistralai/Mistral-7B': { input: 2, output: 2 },
    }
    for (const model of ['llama3:8b', 'openai:llama3:8b']) expect(priceOf(model, local)?.input).toBe(1)
    for (const model of ['mistralai/Mistral-7B', 'openai:mistralai/Mistral-7B'])
      expect(priceOf(model, local)?.input).toBe(2)
  })

  test('of the same model at two providers are distinguished', () => {
    const twice = { 'azure_openai:gpt-5.6': { input: 1, output: 1 }, 'openai:gpt-5.6': { input: 2, output: 2 } }
    expect(priceOf('azure_openai:gpt-5.6', twice)?.input).toBe(1)
    expect(priceOf('openai:gpt-5.6', twice)?.input).toBe(2)
  })

  test('replace list prices', () => {
    expect(costOf('claude-sonnet-5', { ...noTokens, input: million }, given)).toBe(20)
    expect(mostCost(['claude-sonnet-5', 'my-model'], { input: million, output: million }, given)).toBe(120)
  })
})

test('the maximum cost of a call is that of the most expensive model, with the prompt written to the cache', () => {
  const tokens = { input: million, output: million }
  expect(mostCost(['claude-haiku-4-5', 'gpt-7', 'claude-opus-5'], tokens)).toBeCloseTo(6.25 + 25, 12)
  expect(mostCost(['gpt-7'], tokens)).toBe(0)
})

test('prices have a date and are positive, a cached prompt is cheaper than others, and an answer is more expensive', () => {
  expect(modelPricesAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  for (const [model, { above, ...price }] of Object.entries(modelPrices)) {
    for (const { input, cacheRead = 0, cacheCreation = input, output } of above ? [price, above] : [price]) {
      expect(input, model).toBeGreaterThan(0)
      expect(cacheRead, model).toBeLessThan(input)
      expect(cacheCreation, model).toBeGreaterThanOrEqual(input)
      expect(output, model).toBeGreaterThan(input)
    }
  }
})
