import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { messageText, reportedUsage, totalTokens } from '../token-usage.ts'
import { field, isObject } from '../unknown-value.ts'

/** Matches words, numbers and runs of signs, because tokenizers split a text between letters, digits and signs. */
const pieces = /(\p{L}+)|\p{N}+|[^\p{L}\p{N}\s]+/gu
/**
 * Number of bytes of a word that count as one token in an estimate. Tokenizers seldom split a word into smaller pieces. Each byte of digits
 * and punctuation counts as one token.
 */
const bytesOfWordPerToken = 2
/** Matches text that is not a word of a language, such as base64 or names in code. */
const mixedCase = /\p{Ll}\p{Lu}/u
/** Assumed number of tokens of an image or file of any size: providers count at most some thousand tokens for an image. */
const tokensOfAttachment = 5_000
/** Assumed maximum number of output tokens of a model without a known limit. */
const assumedOutputTokens = 16_384
/** Minimum number of output tokens that must fit into the budget, so that a model call is made. */
const leastOutputTokens = 256

/** Tokens of a model call before it is made: an upper bound of its prompt, and the minimum and maximum length of its answer. */
export interface CallBounds {
  readonly input: number
  readonly leastOutput: number
  readonly mostOutput: number
}

/** Upper bound of the number of tokens of a text, without a tokenizer. For English it is about twice the number. */
function textBound(text: string): number {
  let tokens = 0
  for (const [piece, word] of text.matchAll(pieces)) {
    const bytes = Buffer.byteLength(piece)
    const alone = word === undefined || mixedCase.test(word)
    tokens += alone ? bytes : Math.ceil(bytes / bytesOfWordPerToken)
  }
  return tokens
}

const isAttachment = ({ type }: { readonly type: string }): boolean => /image|audio|video|file|document/.test(type)

function boundOf(message: BaseMessage): number {
  const attachments = Array.isArray(message.content) ? message.content.filter(isAttachment).length : 0
  return textBound(messageText(message)) + attachments * tokensOfAttachment
}

/**
 * Upper bound of the number of tokens of a prompt. The newest answer of a model has the provider's own count up to there, including system prompt
 * and tools. Only later messages are estimated from their text.
 */
export function promptBound(messages: readonly BaseMessage[], system: string, tools: readonly unknown[]): number {
  const last = messages.findLastIndex((message) => AIMessage.isInstance(message) && totalOf(message) > 0)
  const counted = messages[last]
  const fresh = messages.slice(last + 1).reduce((sum, message) => sum + boundOf(message), 0)
  if (counted) return totalOf(counted) + fresh
  return fresh + textBound(system) + textBound(describeTools(tools))
}

const totalOf = (message: BaseMessage): number => {
  const usage = reportedUsage(message)
  return usage ? totalTokens(usage) : 0
}

/** Typical JSON schema of an argument after its name: a type and a description. */
const schemaOfArgument =
  ' "type": "string", "description": "what it is for, and what may be given for it, in one sentence"'

/** Approximate text of the tools in a request: names, descriptions and schemas of the arguments. */
function describeTools(tools: readonly unknown[]): string {
  return tools
    .map((tool) => {
      const names = Object.keys(shapeOf(tool)).map((name) => name + schemaOfArgument)
      return `${field(tool, 'name')} ${field(tool, 'description')} ${names.join('')}`
    })
    .join('\n')
}

const shapeOf = (tool: unknown): object => {
  const shape = field(field(tool, 'schema'), 'shape')
  return isObject(shape) ? shape : {}
}

const positive = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined)

/** Maximum number of tokens of a model's answer: its configured `maxTokens`, or else the maximum in its profile, or else an assumption. */
export const outputBound = (model: unknown): number =>
  positive(field(model, 'maxTokens')) ??
  positive(field(field(model, 'profile'), 'maxOutputTokens')) ??
  assumedOutputTokens

export function callBounds(
  call: { messages: readonly BaseMessage[]; system: string; tools: readonly unknown[] },
  model: unknown,
): CallBounds {
  const mostOutput = outputBound(model)
  return {
    input: promptBound(call.messages, call.system, call.tools),
    leastOutput: Math.min(leastOutputTokens, mostOutput),
    mostOutput,
  }
}
