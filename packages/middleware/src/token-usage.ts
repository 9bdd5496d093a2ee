import { type BaseMessage, isBaseMessage } from '@langchain/core/messages'
import { field } from './unknown-value.ts'

/** Numbers of tokens of model calls by kind. No token is counted in two kinds, so the sum is the number of used tokens. */
export interface TokenUsage {
  /** Prompt tokens that were neither read from nor written to the provider's cache. */
  readonly input: number
  /** Prompt tokens that were read from the provider's cache. */
  readonly cacheRead: number
  /** Prompt tokens that were written to the provider's cache. */
  readonly cacheCreation: number
  /** Tokens of the model's visible answer. */
  readonly output: number
  /** Tokens of the model's reasoning, which is not shown and is priced as output. */
  readonly reasoning: number
}

export const noTokens: TokenUsage = { input: 0, cacheRead: 0, cacheCreation: 0, output: 0, reasoning: 0 }

export const inputTokens = ({ input, cacheRead, cacheCreation }: TokenUsage): number =>
  input + cacheRead + cacheCreation

export const totalTokens = (usage: TokenUsage): number => inputTokens(usage) + usage.output + usage.reasoning

const count = (value: unknown, key: string): number => {
  const found = field(value, key)
  return typeof found === 'number' && Number.isFinite(found) && found > 0 ? Math.round(found) : 0
}

/** Whether an answer comes from Hadal's response cache, so that it caused no cost. */
export const isCachedAnswer = (message: unknown): boolean =>
  field(field(message, 'response_metadata'), 'cached') === true

/**
 * Usage of a model call that the provider reported, from LangChain's `usage_metadata`. Its `input_tokens` include those of the cache, and its
 * `output_tokens` include the reasoning.
 *
 * @returns undefined if the provider reported no usage; zero tokens for an answer from Hadal's response cache
 */
export function reportedUsage(message: unknown): TokenUsage | undefined {
  if (isCachedAnswer(message)) return noTokens
  const said = field(message, 'usage_metadata')
  const all = { input: count(said, 'input_tokens'), output: count(said, 'output_tokens') }
  // Some servers with OpenAI's API report zeros.
  if (all.input + all.output === 0) return undefined
  const cacheRead = count(field(said, 'input_token_details'), 'cache_read')
  const cacheCreation = count(field(said, 'input_token_details'), 'cache_creation')
  const reasoning = Math.min(count(field(said, 'output_token_details'), 'reasoning'), all.output)
  return {
    input: Math.max(all.input - cacheRead - cacheCreation, 0),
    cacheRead,
    cacheCreation,
    output: all.output - reasoning,
    reasoning,
  }
}

/** Text of a message as a model reads it: its content and its tool calls. */
export function messageText(message: BaseMessage): string {
  const calls = field(message, 'tool_calls')
  const said = Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls) : ''
  return `${message.text}${said}`
}

/** Minimum length in UTF-16 units of a prompt whose messages are counted as one text. */
const longPrompt = 49_152

/**
 * Estimated usage of a model call for which the provider reported none: the tokens of prompt and answer as the tokenizer counts them.
 *
 * @param answer the answer; a value that is not a message counts as empty
 */
export function estimatedUsage(
  prompt: readonly BaseMessage[],
  answer: unknown,
  countTokens: (text: string) => number,
): TokenUsage {
  const texts = prompt.map(messageText)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  // The counter limits its work per text, so a long prompt is counted as one text.
  const counted = length > longPrompt ? [texts.join('\n')] : texts
  return {
    ...noTokens,
    input: counted.reduce((sum, text) => sum + countTokens(text), 0),
    output: isBaseMessage(answer) ? countTokens(messageText(answer)) : 0,
  }
}
