import { z } from 'zod'
import { ModelPackages, ModelProviders } from './model-providers.ts'

/** Name of a model in LangChain's notation, `<provider>:<model id>`. */
export const ModelName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*:\S+$/, '"<provider>:<model id>", e.g. "anthropic:claude-sonnet-5"')

/** Settings that choose the model of each request by the complexity of the request. */
export const ModelRouting = z.strictObject({
  simple: ModelName,
  standard: ModelName,
  complex: ModelName,
  /** Upper limits for a simple request: its numbers of tokens and tools must both be below them. */
  simpleBelowTokens: z.int().min(1).default(500),
  simpleBelowTools: z.int().min(1).default(3),
  standardBelowTokens: z.int().min(1).default(2000),
})

const usdPerMillion = z.number().min(0).max(100_000)

/** Prices of models in US dollars per million tokens, by the name of the model. They replace the list prices that Hadal knows. */
export const ModelPrices = z.record(
  ModelName,
  z.strictObject({
    input: usdPerMillion,
    output: usdPerMillion,
    /** Price of prompt tokens that are read from the provider's cache. Default: the price of `input`. */
    cacheRead: usdPerMillion.optional(),
  }),
)

/** Model providers, default model, fallbacks and routing. */
export const Models = z.strictObject({
  providers: ModelProviders,
  /** Providers that the server does not support itself, each by a LangChain package. */
  packages: ModelPackages.default({}),
  /** The model of every agent that doesn't name one. */
  default: ModelName,
  /** Fallback models, tried in this order when the model before is unavailable. */
  fallbacks: z.array(ModelName).default([]),
  /** Model for each complexity of a request. If not set, every request goes to the model in `default`. */
  routing: ModelRouting.optional(),
  /** Prices for budgets in US dollars. Without a price, the calls of a model cost nothing in such a budget. */
  prices: ModelPrices.default({}),
})
export type Models = z.infer<typeof Models>
