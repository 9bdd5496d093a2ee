import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { messageText, reportedUsage, totalTokens } from '../token-usage.ts'
import { field, isObject } from '../unknown-value.ts'

/** Tokenizers cut text between letters, digits and signs. A word is seldom cut into pieces of less than two bytes; digits and signs may stand alone. */
const pieces = /(\p{L}+)|\p{N}+|[^\p{L}\p{N}\s]+/gu
const bytesOfWordPerToken = 2
/** No word of a language: base64, or names of a program. */
const mixedCase = /\p{Ll}\p{Lu}/u
/** A picture or a file, whatever its size in bytes: vendors count some thousand tokens at most for a picture. */
const tokensOfAttachment = 5_000
/** What a model may answer that says nothing of its own bound. */
const assumedOutputTokens = 16_384
/** Less than this is no answer. */
const leastOutputTokens = 256

/** What a call takes at least and at most, in tokens. The prompt is bounded from above, for it counts in either. */
export interface CallBounds {
  readonly input: number
  readonly leastOutput: number
  readonly mostOutput: number
}

/** No fewer than the tokens of a text, without a tokenizer: about twice as many for English. */
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
 * What a prompt is at most. The newest answer of a model in it tells what the provider counted until there, system prompt and tools
 * included; only what came since is bounded by its text.
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

/** What a JSON schema says of an argument beside its name: its type, and a sentence about it. */
const schemaOfArgument =
  ' "type": "string", "description": "what it is for, and what may be given for it, in one sentence"'

/** About what a provider gets to read of tools: names, descriptions and the shape of their arguments. */
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

/** The model's own bound of an answer: what it was made with, else what its maker says it can. */
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
