import { priceOf } from '@hadal/middleware/price-of'
import type { Environment } from '@hadal/platform/environment'

/** A model of an environment whose calls cost nothing in its budgets in US dollars. */
export interface UnpricedModel {
  readonly model: string
  /** Path of the field that names the model, e.g. `models.routing.simple`. */
  readonly path: string
  /** Problem and remedy, as sentences. */
  readonly sentence: string
}

/** Models without a price, if the environment has a budget in US dollars: the budget never stops their calls. */
export function unpricedModels({ budgets, models }: Pick<Environment, 'budgets' | 'models'>): UnpricedModel[] {
  const limited = (['run', 'thread', 'tenantPerDay'] as const).filter((scope) => budgets[scope]?.usd !== undefined)
  if (limited.length === 0) return []
  const named: [path: string, model: string][] = [
    ['models.default', models.default],
    ...models.fallbacks.map((model, index): [string, string] => [`models.fallbacks[${index}]`, model]),
  ]
  if (models.routing)
    for (const tier of ['simple', 'standard', 'complex'] as const)
      named.push([`models.routing.${tier}`, models.routing[tier]])
  return named.flatMap(([path, model]) => {
    if (priceOf(model, models.prices)) return []
    const scopes = limited.map((scope) => `budgets.${scope}.usd`).join(', ')
    return [
      {
        model,
        path,
        sentence: `${path} = "${model}" has no price, so its calls cost nothing in ${scopes}. Add models.prices["${model}"]: { input, output } in US dollars per million tokens, or set a budget in tokens.`,
      },
    ]
  })
}
