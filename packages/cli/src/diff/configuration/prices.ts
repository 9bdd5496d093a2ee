import { priceOf } from '@hadal/middleware/price-of'
import type { Environment } from '@hadal/platform/environment'
import { unpricedModels } from '../../unpriced-models.ts'
import type { ConfigurationDanger } from './configuration-danger.ts'

/** Finds models that newly have no price, and lower prices: budgets in US dollars then stop later or never. */
export function prices(before: Environment, after: Environment): ConfigurationDanger[] {
  const known = new Set(unpricedModels(before).map(({ model }) => model))
  const unpriced = unpricedModels(after)
    .filter(({ model }) => !known.has(model))
    .map(
      ({ path, sentence }): ConfigurationDanger => ({
        rule: 'weaker-limits',
        field: path,
        what: sentence,
        why: 'The budget in US dollars never stops calls of this model.',
      }),
    )
  return [...unpriced, ...lowerPrices(before, after)]
}

function lowerPrices({ models: { prices: old } }: Environment, { models: { prices: fresh } }: Environment) {
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((model): ConfigurationDanger[] => {
    const [was, is] = [priceOf(model, old), priceOf(model, fresh)]
    if (!was || !is) return []
    const lower = (['input', 'cacheRead', 'output'] as const).filter(
      (kind) => (is[kind] ?? is.input) < (was[kind] ?? was.input),
    )
    if (lower.length === 0) return []
    return [
      {
        rule: 'weaker-limits',
        field: `models.prices["${model}"]`,
        what: `The price of ${lower.join(', ')} falls.`,
        why: 'Budgets in US dollars allow more tokens.',
      },
    ]
  })
}
