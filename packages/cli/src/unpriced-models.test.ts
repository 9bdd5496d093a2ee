import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { describe, expect, test } from 'vitest'
import { soundSubject } from './check/fixtures/sound-subject.ts'
import { tokenMonitoring } from './check/items/token-monitoring.ts'
import { configurationDangers } from './diff/configuration/configuration-dangers.ts'
import { unpricedModels } from './unpriced-models.ts'

const models = {
  providers: { openai: {}, anthropic: {} },
  default: 'openai:my-model',
  fallbacks: ['anthropic:claude-sonnet-5'],
} as const
const environment = (
  change: Partial<EnvironmentInput['models']>,
  budgets: EnvironmentInput['budgets'] = { run: { usd: 1 } },
) => soundEnvironment({ models: { ...models, fallbacks: [...models.fallbacks], ...change }, budgets })
const prices = { 'openai:my-model': { input: 1, output: 4 } }

test('a model without a price is named with the field, the budget and the remedy', () => {
  expect(unpricedModels(environment({})).map(({ sentence }) => sentence)).toEqual([
    'models.default = "openai:my-model" has no price, so its calls cost nothing in budgets.run.usd. Add models.prices["openai:my-model"]: { input, output } in US dollars per million tokens, or set a budget in tokens.',
  ])
})

test('fallbacks and routed models count too', () => {
  const routing = { simple: 'openai:one', standard: 'anthropic:claude-sonnet-5', complex: 'openai:two' } as const
  expect(unpricedModels(environment({ fallbacks: ['openai:three'], routing })).map(({ path }) => path)).toEqual([
    'models.default',
    'models.fallbacks[0]',
    'models.routing.simple',
    'models.routing.complex',
  ])
})

test('no model is named if it has a price, or if no budget is in US dollars', () => {
  expect(unpricedModels(environment({ prices }))).toEqual([])
  expect(unpricedModels(environment({}, { run: { tokens: 1000 } }))).toEqual([])
})

test('the checklist has a note', () => {
  const { notes } = tokenMonitoring.answer(
    soundSubject({
      environment: { models: { ...models, fallbacks: [...models.fallbacks] }, budgets: { run: { usd: 1 } } },
    }),
  )
  expect(notes).toEqual([expect.stringContaining('"openai:my-model" has no price')])
})

describe('the diff of configurations', () => {
  const found = (before: Parameters<typeof environment>[0], after: Parameters<typeof environment>[0]) =>
    configurationDangers(environment(before), environment(after)).map(({ rule, field }) => `${rule} ${field}`)

  test('names a model that newly has no price, and a lower price', () => {
    expect(found({ prices }, {})).toEqual(['weaker-limits models.default'])
    expect(found({ prices }, { prices: { 'openai:my-model': { input: 1, output: 2 } } })).toEqual([
      'weaker-limits models.prices["openai:my-model"]',
    ])
  })

  test('names neither a higher price nor a model that had no price before', () => {
    expect(found({ prices }, { prices: { 'openai:my-model': { input: 2, output: 4 } } })).toEqual([])
    expect(found({}, {})).toEqual([])
  })
})
