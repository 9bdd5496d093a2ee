/** Requirements of a provider's API for a conversation, beyond those that every provider has. */
export interface ProviderRules {
  /**
   * Whether the conversation must begin and end with a message of the user, without system messages between.
   *
   * Anthropic: "This model does not support assistant message prefill. The conversation must end with a user message." and "Unexpected role
   * "system"". Google: "function call turn comes immediately after a user turn or after a function response turn".
   */
  readonly strictTurns: boolean
  /** Maximum length of a tool call's id in characters. OpenAI's Chat Completions: "Expected a string with maximum length 40". */
  readonly maxIdLength: number
  /** Whether the `name` of a message must match `^[a-zA-Z0-9_-]+$`, as OpenAI's Chat Completions requires. */
  readonly plainNames: boolean
}

const rules: Readonly<Record<string, ProviderRules>> = {
  anthropic: { strictTurns: true, maxIdLength: 64, plainNames: false },
  openai: { strictTurns: false, maxIdLength: 40, plainNames: true },
  azure: { strictTurns: false, maxIdLength: 40, plainNames: true },
  // "A conversation must start with a user message", and an id must match `[a-zA-Z0-9_-]{1,64}`.
  amazon_bedrock: { strictTurns: true, maxIdLength: 64, plainNames: false },
  google_genai: { strictTurns: true, maxIdLength: 64, plainNames: false },
  google_vertexai: { strictTurns: true, maxIdLength: 64, plainNames: false },
}

/** Rules for the conversations of an unknown model provider: the strictest of all, which every provider accepts. */
const strictest: ProviderRules = { strictTurns: true, maxIdLength: 40, plainNames: true }

/** Rules for the conversations of a model provider. @param provider its name in LangChain, such as `openai` */
export const rulesOf = (provider: string): ProviderRules =>
  Object.hasOwn(rules, provider) ? (rules[provider] ?? strictest) : strictest
