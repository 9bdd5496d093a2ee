/** Tiers of model calls, from the least to the most complex. */
export const tiers = ['simple', 'standard', 'complex'] as const
export type Tier = (typeof tiers)[number]

/** Limits between the tiers of model calls. The defaults are those of the guide. */
export interface ComplexityBounds {
  /** A request is simple if its numbers of tokens and tools are below these two limits. */
  readonly simpleBelowTokens?: number
  readonly simpleBelowTools?: number
  /** A request that is not simple is standard below this number of tokens, and otherwise complex. */
  readonly standardBelowTokens?: number
}

/**
 * Tier of a request, by its number of tokens and tools.
 *
 * @param tokens number of tokens of the conversation without the system prompt
 * @param tools number of tools of the agent's author, without those of the platform
 */
export function requestComplexity(
  { tokens, tools }: { readonly tokens: number; readonly tools: number },
  { simpleBelowTokens = 500, simpleBelowTools = 3, standardBelowTokens = 2_000 }: ComplexityBounds = {},
): Tier {
  if (tokens < simpleBelowTokens && tools < simpleBelowTools) return 'simple'
  return tokens < standardBelowTokens ? 'standard' : 'complex'
}

/** The more complex of two tiers. */
export const higherTier = (one: Tier, other: Tier): Tier => (tiers.indexOf(one) > tiers.indexOf(other) ? one : other)
