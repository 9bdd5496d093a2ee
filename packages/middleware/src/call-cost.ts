import { type ModelPrice, modelPrices } from './model-prices.ts'
import { inputTokens, type TokenUsage } from './token-usage.ts'

/** Name of a model without provider and date: `claude-opus-4-5` for `anthropic:claude-opus-4-5-20251101`, `gpt-5.4` for `gpt-5.4-2026-03-05`. */
const bareName = (model: string): string => model.replace(/^[a-z]+[:/]/, '').replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '')

/** List price of a model; undefined if `model-prices.ts` does not have the model. */
export function priceOf(model: string): ModelPrice | undefined {
  const name = bareName(model)
  return Object.hasOwn(modelPrices, name) ? modelPrices[name] : undefined
}

const rates = (price: ModelPrice, prompt: number): Omit<ModelPrice, 'above'> =>
  price.above && prompt > price.above.inputTokens ? price.above : price

/** Cost of a model call in US dollars; undefined if the model has no price. */
export function costOf(model: string, usage: TokenUsage): number | undefined {
  const price = priceOf(model)
  if (!price) return undefined
  const { input, cacheRead = input, cacheCreation = input, output } = rates(price, inputTokens(usage))
  const prompt = usage.input * input + usage.cacheRead * cacheRead + usage.cacheCreation * cacheCreation
  return (prompt + (usage.output + usage.reasoning) * output) / 1_000_000
}

/** Maximum cost of a call of any of these models, in US dollars. Models without a price count as free. */
export function mostCost(
  models: readonly string[],
  tokens: { readonly input: number; readonly output: number },
): number {
  const costs = models.flatMap((model) => {
    const price = priceOf(model)
    if (!price) return []
    const { input, cacheCreation = input, output } = rates(price, tokens.input)
    return [(tokens.input * Math.max(input, cacheCreation) + tokens.output * output) / 1_000_000]
  })
  return Math.max(0, ...costs)
}
