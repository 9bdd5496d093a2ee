import { randomUUID } from 'node:crypto'
import {
  AIMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  type StoredMessage,
} from '@langchain/core/messages'
import { isObject } from '../unknown-value.ts'

/** What an entry saves whoever finds it. */
export interface Saving {
  readonly tokens: number
  readonly seconds: number
}

export interface FoundAnswer extends Saving {
  readonly message: AIMessage
}

/** Reasons for which a provider says that an answer is whole. Any other, a new one too, is taken for a broken one. */
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
/** Where providers repeat how many tokens an answer took. */
const countFields = new Set(['usage', 'tokenUsage', 'estimatedTokenUsage'])

/** Providers answer with the full name of a version where its beginning, or the latest, was asked for. */
function isAnothers(about: Readonly<Record<string, unknown>>, asked: string | undefined): boolean {
  const name = about.model_name ?? about.model
  if (asked === undefined || typeof name !== 'string') return false
  const [a, b] = [name, asked].map((text) => text.toLowerCase().replace(/-latest$/, ''))
  return !(a?.startsWith(b ?? '') || b?.startsWith(a ?? ''))
}

/**
 * Whether an answer is whole, so that it may stand for the next one. A provider that says anything about its answer says why it ended: where
 * that is missing, the stream was cut.
 *
 * @param asked the id of the model that was asked; a fallback's answer must not stand for its answers
 * @param cacheToolCalls whether an answer that calls tools may be kept: whoever gets it acts again
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
 * The message of an entry, as an answer of its own: with a new id, without a token spent, and marked as `response_metadata.cached`.
 *
 * @returns undefined for an entry that is not whole, or is another request's
 */
export function foundAnswer(key: string, text: string): FoundAnswer | undefined {
  try {
    const entry: unknown = JSON.parse(text)
    if (!isObject(entry) || entry.key !== key || !isStored(entry.message)) return undefined
    const [kept] = mapStoredMessagesToChatMessages([entry.message])
    if (!AIMessage.isInstance(kept)) return undefined
    const about = Object.entries(kept.response_metadata).filter(([name]) => !countFields.has(name))
    // Made anew: what is set on a message afterwards is not written into a checkpoint.
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
