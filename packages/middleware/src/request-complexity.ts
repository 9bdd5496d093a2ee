/** From cheap to premium. */
export const tiers = ['simple', 'standard', 'complex'] as const
export type Tier = (typeof tiers)[number]

/** The guide's bounds. */
export interface ComplexityBounds {
  /** A request is simple below both of these. */
  readonly simpleBelowTokens?: number
  readonly simpleBelowTools?: number
  /** A request that isn't simple is standard below this. */
  readonly standardBelowTokens?: number
}

/**
 * How complex a request is.
 *
 * @param tokens of the conversation without the system prompt
 * @param tools that the agent's author gave, without those of the platform
 */
export function requestComplexity(
  { tokens, tools }: { readonly tokens: number; readonly tools: number },
  { simpleBelowTokens = 500, simpleBelowTools = 3, standardBelowTokens = 2_000 }: ComplexityBounds = {},
): Tier {
  if (tokens < simpleBelowTokens && tools < simpleBelowTools) return 'simple'
  return tokens < standardBelowTokens ? 'standard' : 'complex'
}

/** The more complex of two. */
export const higherTier = (one: Tier, other: Tier): Tier => (tiers.indexOf(one) > tiers.indexOf(other) ? one : other)
