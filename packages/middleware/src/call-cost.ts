import type { ModelPrice } from './model-prices.ts'
import { type GivenPrices, priceOf } from './price-of.ts'
import { inputTokens, type TokenUsage } from './token-usage.ts'

const rates = (price: ModelPrice, prompt: number): Omit<ModelPrice, 'above'> =>
  price.above && prompt > price.above.inputTokens ? price.above : price

/** Cost of a model call in US dollars; undefined if the model has no price. */
export function costOf(model: string, usage: TokenUsage, given?: GivenPrices): number | undefined {
  const price = priceOf(model, given)
  if (!price) return undefined
  const { input, cacheRead = input, cacheCreation = input, output } = rates(price, inputTokens(usage))
  const prompt = usage.input * input + usage.cacheRead * cacheRead + usage.cacheCreation * cacheCreation
  return (prompt + (usage.output + usage.reasoning) * output) / 1_000_000
}

/** Maximum cost of a call of any of these models, in US dollars. Models without a price count as free. */
export function mostCost(
  models: readonly string[],
  tokens: { readonly input: number; readonly output: number },
  given?: GivenPrices,
): number {
  const costs = models.flatMap((model) => {
    const price = priceOf(model, given)
    if (!price) return []
    const { input, cacheCreation = input, output } = rates(price, tokens.input)
    return [(tokens.input * Math.max(input, cacheCreation) + tokens.output * output) / 1_000_000]
  })
  return Math.max(0, ...costs)
}
