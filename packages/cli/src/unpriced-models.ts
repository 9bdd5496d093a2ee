import { priceOf } from '@hadal/middleware/price-of'
import type { Environment } from '@hadal/platform/environment'
import { type NamedModel, namedModels } from '@hadal/platform/named-models'

/** A model of an environment whose calls cost nothing in its budgets in US dollars. */
export interface UnpricedModel extends NamedModel {
  /** Problem and remedy, as sentences. */
  readonly sentence: string
}

/** Models without a price, if the environment has a budget in US dollars: the budget never stops their calls. */
export function unpricedModels({ budgets, models }: Pick<Environment, 'budgets' | 'models'>): UnpricedModel[] {
  const limited = (['run', 'thread', 'userPerDay', 'tenantPerDay'] as const).filter(
    (scope) => budgets[scope]?.usd !== undefined,
  )
  if (limited.length === 0) return []
  return namedModels(models).flatMap(({ path, model }) => {
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
