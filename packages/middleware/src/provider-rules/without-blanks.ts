import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  type MessageContent,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { isObject } from '../unknown-value.ts'
import { copiedMessage } from './copied-message.ts'

/** Text that replaces the content of an empty user message: without the message the conversation would lose a turn. */
export const emptyMessageMark = '[empty message]'

type Block = Exclude<MessageContent, string>[number]

const isBlankText = (value: unknown): boolean => typeof value !== 'string' || !/\S/.test(value)

const textBlocks = new Set(['text', 'text_delta', 'input_text', 'output_text'])
const mediaBlocks = new Set(['image', 'audio', 'video', 'file', 'document', 'text-plain'])
/** Fields that contain the data of a media block, in the formats of LangChain and of the providers. */
const mediaFields = ['url', 'data', 'base64', 'fileId', 'file_id', 'id', 'source', 'text', 'file']
/** Types of blocks without visible content: providers refuse an answer that has only such blocks. */
const silentBlocks = new Set(['thinking', 'redacted_thinking', 'reasoning', 'reasoning_content', 'input_json_delta'])
const callBlocks = new Set(['tool_use', 'tool_call'])

function isBlankBlock(block: unknown): boolean {
  if (!isObject(block)) return true
  // A format of one provider, such as Bedrock's `{ cachePoint }`.
  if (typeof block.type !== 'string') return Object.keys(block).length === 0
  if (textBlocks.has(block.type)) return isBlankText(block.text)
  if (block.type === 'image_url') return isBlankText(isObject(block.image_url) ? block.image_url.url : block.image_url)
  if (!mediaBlocks.has(block.type)) return false
  return mediaFields.every((field) => {
    const value = block[field]
    return value === undefined || value === null || value === ''
  })
}

/** Content without blank blocks: the same object if no block is blank, and `''` if all are. */
export function withoutBlankBlocks(content: MessageContent): MessageContent {
  if (typeof content === 'string') return /\S/.test(content) ? content : ''
  if (!Array.isArray(content)) return ''
  const kept = content.filter((block) => !isBlankBlock(block))
  if (kept.length === 0) return ''
  return kept.length === content.length ? content : kept
}

const hasCallBlock = (block: Block, ids: ReadonlySet<unknown>): boolean =>
  !callBlocks.has(String(block.type)) || ids.has(Reflect.get(block, 'id'))

/** An answer without blank blocks and without calls that LangChain could not parse; undefined if nothing is left. */
function answerWithoutBlanks(message: AIMessage): BaseMessage | undefined {
  const calls = message.tool_calls ?? []
  const ids = new Set<unknown>(calls.map(({ id }) => id))
  const cleaned = withoutBlankBlocks(message.content)
  const blocks = typeof cleaned === 'string' ? [] : cleaned.filter((block) => hasCallBlock(block, ids))
  const { output, ...metadata } = message.response_metadata
  const items: readonly unknown[] = Array.isArray(output) ? output : []
  const speaks =
    calls.length > 0 ||
    items.some(isOwnItem) ||
    (typeof cleaned === 'string' ? cleaned !== '' : blocks.some(({ type }) => !silentBlocks.has(String(type))))
  // OpenAI reports a refusal outside of the content.
  const { refusal } = message.additional_kwargs
  if (!speaks) return isBlankText(refusal) ? undefined : copiedMessage(message, { content: String(refusal) })
  const content = typeof cleaned === 'string' ? cleaned : blocks.length === cleaned.length ? cleaned : blocks
  const { tool_calls: rawCalls, function_call: rawCall, ...kwargs } = message.additional_kwargs
  const unread = calls.length === 0 && (rawCalls !== undefined || rawCall !== undefined)
  const replayed = items.some((item) => isUnansweredItem(item, ids))
  const whole = Array.isArray(message.content) ? blocks.length === message.content.length : content === message.content
  if (whole && !unread && !replayed) return message
  return copiedMessage(message, {
    content: typeof content !== 'string' && content.length === 0 ? '' : content,
    ...(unread ? { additional_kwargs: kwargs } : {}),
    // LangChain would send OpenAI's own items instead of the content.
    ...(output === undefined ? {} : { response_metadata: metadata }),
  })
}

/** Types of items of OpenAI's Responses that only repeat the message's content and tool calls. */
const plainItems = new Set(['message', 'reasoning', 'function_call'])
/** Whether an item of OpenAI's Responses exists only there, such as the request of an MCP server for approval. */
const isOwnItem = (item: unknown): boolean =>
  isObject(item) && typeof item.type === 'string' && !plainItems.has(item.type)

/** Whether an item of OpenAI's Responses is a call that is missing in the message's tool calls. */
const isUnansweredItem = (item: unknown, ids: ReadonlySet<unknown>): boolean =>
  isObject(item) && item.type === 'function_call' && !ids.has(item.call_id)

/**
 * A message without the blank content that every provider refuses; undefined if the message must be left out.
 *
 * Anthropic: "text content blocks must be non-empty", "text content blocks must contain non-whitespace text", "all messages must have
 * non-empty content", "The final block in an assistant message cannot be `thinking`".
 */
export function withoutBlanks(message: BaseMessage): BaseMessage | undefined {
  if (AIMessage.isInstance(message)) return answerWithoutBlanks(message)
  const content = withoutBlankBlocks(message.content)
  if (SystemMessage.isInstance(message) && content === '') return undefined
  const known = HumanMessage.isInstance(message) || SystemMessage.isInstance(message) || ToolMessage.isInstance(message)
  const marked = content === '' && !ToolMessage.isInstance(message) ? emptyMessageMark : content
  // A message with a custom role is not changed unless it is blank.
  return marked === message.content || (!known && content !== '')
    ? message
    : copiedMessage(message, { content: marked })
}
