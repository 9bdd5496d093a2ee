/** Price of a model in US dollars per million tokens of each kind. A missing cache price is the same as `input`. */
export interface ModelPrice {
  readonly input: number
  /** Price of prompt tokens that are read from the provider's cache. */
  readonly cacheRead?: number | undefined
  /** Price of prompt tokens that are written to the provider's cache for its shortest time (Anthropic: five minutes). */
  readonly cacheCreation?: number
  /** Price of the tokens of an answer, including reasoning. */
  readonly output: number
  /** Prices of all tokens of a call whose prompt has more than `inputTokens` tokens. */
  readonly above?: Omit<ModelPrice, 'above'> & { readonly inputTokens: number }
}

/**
 * Date of the list prices below, which are those of the standard tier, without batches, priority, regions and tools of the provider. A model that
 * is not in the list has no price: its tokens are counted and its cost is not, and a log line and a metric report it. Change the date with a price.
 *
 * Sources: litellm 1.109.1's `model_prices_and_context_window.json`; for about six models the vendors' own pages,
 * https://platform.claude.com/docs/en/about-claude/pricing and https://developers.openai.com/api/docs/pricing; about twenty were compared with
 * @pydantic/genai-prices 0.1.8, which lacks only the price of a cached token of claude-sonnet-5-5 since 2026-10-07, and claude-haiku-5-5.
 */
export const modelPricesAsOf = '2026-11-24'

const opus = { input: 5, cacheRead: 0.5, cacheCreation: 6.25, output: 25 }
const sonnet4 = { input: 3, cacheRead: 0.3, cacheCreation: 3.75, output: 15 }

/** Price with OpenAI's surcharge: for a prompt of more than 272,000 tokens, the whole prompt costs twice as much and the answer 1.5 times. */
const longContext = (price: Omit<ModelPrice, 'above'>): ModelPrice => ({
  ...price,
  above: {
    inputTokens: 272_000,
    input: 2 * price.input,
    output: 1.5 * price.output,
    ...(price.cacheRead === undefined ? {} : { cacheRead: 2 * price.cacheRead }),
    ...(price.cacheCreation === undefined ? {} : { cacheCreation: 2 * price.cacheCreation }),
  },
})
// OpenAI guaranteed these prices until 2026-11-21. Before 2026-08-21 they were 5 and 30.
const gpt56 = longContext({ input: 4, cacheRead: 0.4, cacheCreation: 5, output: 20 })

/** List prices of models by the model's name without provider and date. */
export const modelPrices: Readonly<Record<string, ModelPrice>> = {
  'claude-opus-5-5': { input: 4, cacheRead: 0.2, cacheCreation: 5, output: 20 },
  'claude-opus-5': opus,
  'claude-opus-4-8': opus,
  'claude-opus-4-7': opus,
  'claude-opus-4-6': opus,
  'claude-opus-4-5': opus,
  'claude-sonnet-5-5': { input: 2, cacheRead: 0.1, cacheCreation: 2.5, output: 10 },
  'claude-sonnet-5': { input: 2, cacheRead: 0.2, cacheCreation: 2.5, output: 10 },
  'claude-sonnet-4-6': sonnet4,
  'claude-sonnet-4-5': sonnet4,
  'claude-haiku-5-5': {
    input: 0.1,
    cacheRead: 0.01,
    cacheCreation: 0.125,
    output: 0.5,
    above: { inputTokens: 100_000, input: 0.5, cacheRead: 0.05, cacheCreation: 0.625, output: 2.5 },
  },
  'claude-haiku-4-5': { input: 1, cacheRead: 0.1, cacheCreation: 1.25, output: 5 },
  'claude-fable-5-1': { input: 10, cacheRead: 0.25, cacheCreation: 12.5, output: 50 },
  'claude-fable-5': { input: 10, cacheRead: 1, cacheCreation: 12.5, output: 50 },

  'gpt-6.1-sol': longContext({ input: 2, cacheRead: 0.1, cacheCreation: 2.5, output: 10 }),
  'gpt-6.1-terra': longContext({ input: 1, cacheRead: 0.05, cacheCreation: 1.25, output: 5 }),
  'gpt-6-astra': longContext({ input: 10, cacheRead: 1, cacheCreation: 12.5, output: 50 }),
  'gpt-6-sol': longContext({ input: 2, cacheRead: 0.2, cacheCreation: 2.5, output: 10 }),
  'gpt-6-luna': longContext({ input: 0.1, cacheRead: 0.01, cacheCreation: 0.125, output: 0.5 }),
  'gpt-5.6': gpt56,
  'gpt-5.6-sol': gpt56,
  'gpt-5.6-terra': longContext({ input: 2, cacheRead: 0.2, cacheCreation: 2.5, output: 12 }),
  'gpt-5.6-luna': longContext({ input: 0.2, cacheRead: 0.02, cacheCreation: 0.25, output: 1.2 }),
  'gpt-5.5': longContext({ input: 5, cacheRead: 0.5, output: 30 }),
  'gpt-5.4': longContext({ input: 2.5, cacheRead: 0.25, output: 15 }),
  'gpt-5.4-mini': { input: 0.75, cacheRead: 0.075, output: 4.5 },
  'gpt-5.4-nano': { input: 0.2, cacheRead: 0.02, output: 1.25 },
  'gpt-5.2': { input: 1.75, cacheRead: 0.175, output: 14 },
  'gpt-5.1': { input: 1.25, cacheRead: 0.125, output: 10 },
  'gpt-5': { input: 1.25, cacheRead: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cacheRead: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cacheRead: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cacheRead: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cacheRead: 0.1, output: 1.6 },
  'gpt-4o': { input: 2.5, cacheRead: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cacheRead: 0.075, output: 0.6 },
}
