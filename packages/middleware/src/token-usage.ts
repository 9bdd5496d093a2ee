import { type BaseMessage, isBaseMessage } from '@langchain/core/messages'
import { field } from './unknown-value.ts'

/** Tokens of calls of a model. No token is counted in two kinds, so their sum is what was used. */
export interface TokenUsage {
  /** Of the prompt, neither read from nor written to the provider's cache. */
  readonly input: number
  /** Of the prompt, read from the provider's cache. */
  readonly cacheRead: number
  /** Of the prompt, written to the provider's cache. */
  readonly cacheCreation: number
  /** Of the answer that one can see. */
  readonly output: number
  /** Of the answer, thought and not shown; priced as output. */
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

/** Whether an answer came out of a cache of ours: nobody was paid for it. */
export const isCachedAnswer = (message: unknown): boolean =>
  field(field(message, 'response_metadata'), 'cached') === true

/**
 * What the provider itself said of a call, from LangChain's `usage_metadata`, whose `input_tokens` hold those of the cache and whose
 * `output_tokens` hold the reasoning.
 *
 * @returns undefined where it said nothing; no tokens for an answer out of a cache of ours
 */
export function reportedUsage(message: unknown): TokenUsage | undefined {
  if (isCachedAnswer(message)) return noTokens
  const said = field(message, 'usage_metadata')
  const all = { input: count(said, 'input_tokens'), output: count(said, 'output_tokens') }
  // Some servers that speak OpenAI's API fill in zeros.
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

/** What of a message a model reads as text: its content and the tool calls in it. */
export function messageText(message: BaseMessage): string {
  const calls = field(message, 'tool_calls')
  const said = Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls) : ''
  return `${message.text}${said}`
}

/** Length in UTF-16 units of a prompt that is counted as one text. */
const longPrompt = 49_152

/**
 * For a provider that said nothing: the prompt and the answer as the tokenizer counts them.
 *
 * @param answer a message; anything else counts as none
 */
export function estimatedUsage(
  prompt: readonly BaseMessage[],
  answer: unknown,
  countTokens: (text: string) => number,
): TokenUsage {
  const texts = prompt.map(messageText)
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  // A long prompt is one text, since the counter bounds its work for each text.
  const counted = length > longPrompt ? [texts.join('\n')] : texts
  return {
    ...noTokens,
    input: counted.reduce((sum, text) => sum + countTokens(text), 0),
    output: isBaseMessage(answer) ? countTokens(messageText(answer)) : 0,
  }
}
