import type { MessageContent } from '@langchain/core/messages'

/** Estimated number of characters per token. */
const charactersPerToken = 4

/** Number of tokens of a content, estimated without the tables that LangChain downloads without a timeout. No code reads the result. */
export const estimatedTokens = (content: MessageContent): number =>
  Math.ceil(JSON.stringify(content).length / charactersPerToken)
