import { type ModelPrice, modelPrices } from './model-prices.ts'

/** Prices by the name of a model, with or without its provider. They replace list prices. */
export type GivenPrices = Readonly<Record<string, ModelPrice>>

/**
 * Name of a model without provider, region, version and date: `claude-opus-4-5` for `anthropic:claude-opus-4-5-20251101`, for Bedrock's
 * `eu.anthropic.claude-opus-4-5-20251101-v1:0` and for Vertex AI's `claude-opus-4-5@20251101`; `gpt-5.4` for `gpt-5.4-2026-03-05`.
 */
const bareName = (model: string): string =>
  model
    .replace(/^[a-z][a-z0-9_-]*[:/]/, '')
    .replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|openai)\./, '')
    .replace(/-v\d+(?::\d+)?$/, '')
    .replace(/[-@](\d{8}|\d{4}-\d{2}-\d{2})$/, '')

/** Name of a model without its provider. A colon or a slash may also be a part of the name: `openai:llama3:8b`, `openai:mistralai/Mistral-7B`. */
const withoutProvider = (model: string): string => model.slice(model.indexOf(':') + 1)

/** Price of a model: the given one whose name is the most similar, otherwise the list price. Undefined if neither is known. */
export function priceOf(model: string, given: GivenPrices = {}): ModelPrice | undefined {
  const name = bareName(model)
  const prices = Object.entries(given)
  const own =
    prices.find(([key]) => key === model) ??
    prices.find(([key]) => withoutProvider(key) === model) ??
    prices.find(([key]) => bareName(key) === name)
  if (own) return own[1]
  return Object.hasOwn(modelPrices, name) ? modelPrices[name] : undefined
}
