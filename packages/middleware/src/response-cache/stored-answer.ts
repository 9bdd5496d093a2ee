import { randomUUID } from 'node:crypto'
import {
  AIMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  type StoredMessage,
} from '@langchain/core/messages'
import { isObject } from '../unknown-value.ts'

/** Tokens and seconds of a model call that a cached answer saves. */
export interface Saving {
  readonly tokens: number
  readonly seconds: number
}

export interface FoundAnswer extends Saving {
  readonly message: AIMessage
}

/** Finish reasons of complete answers. Any other reason counts as incomplete, including unknown ones. */
const wholeReasons = new Set([
  'stop',
  'end_turn',
  'stop_sequence',
  'completed',
  'tool_calls',
  'tool_use',
  'function_call',
])
const reasonFields = ['finish_reason', 'stop_reason', 'stopReason', 'finishReason', 'status']
/** Names of metadata fields in which providers repeat the number of tokens. */
const countFields = new Set(['usage', 'tokenUsage', 'estimatedTokenUsage'])

/** Whether another model answered than the requested one. A request for `x` or `x-latest` may be answered by a version of `x`. */
function isAnothers(about: Readonly<Record<string, unknown>>, asked: string | undefined): boolean {
  const name = about.model_name ?? about.model
  if (asked === undefined || typeof name !== 'string') return false
  const [a, b] = [name, asked].map((text) => text.toLowerCase().replace(/-latest$/, ''))
  return !(a?.startsWith(b ?? '') || b?.startsWith(a ?? ''))
}

/**
 * Whether an answer is complete and can be stored. An answer with metadata but without a finish reason is incomplete, because its stream was cut.
 *
 * @param asked id of the requested model; the answer of a fallback must not be stored for it
 * @param cacheToolCalls whether an answer that calls tools can be stored: the agent calls the tools again for each hit
 */
export function mayBeKept(message: AIMessage, asked: string | undefined, cacheToolCalls: boolean): boolean {
  if ((message.invalid_tool_calls?.length ?? 0) > 0) return false
  const callsTools = (message.tool_calls?.length ?? 0) > 0
  if (callsTools ? !cacheToolCalls : message.content.length === 0) return false
  const about: Record<string, unknown> = message.response_metadata
  if (isAnothers(about, asked)) return false
  const reasons = reasonFields.map((name) => about[name]).filter((reason) => typeof reason === 'string')
  if (reasons.length === 0) return Object.keys(about).length === 0
  return reasons.every((reason) => wholeReasons.has(reason.toLowerCase()))
}

export function storedAnswer(key: string, message: AIMessage, seconds: number): string {
  const [stored] = mapChatMessagesToStoredMessages([message])
  return JSON.stringify({ key, seconds, tokens: message.usage_metadata?.total_tokens ?? 0, message: stored })
}

const isStored = (value: unknown): value is StoredMessage =>
  isObject(value) &&
  value.type === 'ai' &&
  isObject(value.data) &&
  (typeof value.data.content === 'string' || Array.isArray(value.data.content))

const amount = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0)

/**
 * Answer of a stored entry, as a message with a new id, without used tokens, and with `response_metadata.cached`.
 *
 * @returns undefined for an entry that is not valid or belongs to another request
 */
export function foundAnswer(key: string, text: string): FoundAnswer | undefined {
  try {
    const entry: unknown = JSON.parse(text)
    if (!isObject(entry) || entry.key !== key || !isStored(entry.message)) return undefined
    const [kept] = mapStoredMessagesToChatMessages([entry.message])
    if (!AIMessage.isInstance(kept)) return undefined
    const about = Object.entries(kept.response_metadata).filter(([name]) => !countFields.has(name))
    // A new message, because fields that are set on an existing one are not written to a checkpoint.
    const message = new AIMessage({
      id: randomUUID(),
      content: kept.content,
      name: kept.name,
      tool_calls: kept.tool_calls,
      additional_kwargs: kept.additional_kwargs,
      usage_metadata: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
      response_metadata: { ...Object.fromEntries(about), cached: true },
    })
    return { message, tokens: amount(entry.tokens), seconds: amount(entry.seconds) }
  } catch {
    return undefined
  }
}
