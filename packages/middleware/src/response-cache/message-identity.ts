import type { BaseMessage } from '@langchain/core/messages'
import { field, isObject } from '../unknown-value.ts'

/** Fields by which providers name a tool call. */
const idFields = new Set(['id', 'tool_use_id', 'tool_call_id', 'call_id'])
/** What a tool is called with is text of its own: an `id` in it is no name of a call. */
const ownText = new Set(['args', 'arguments', 'input'])

const idsIn = (calls: unknown): string[] =>
  Array.isArray(calls) ? calls.flatMap((call) => (isObject(call) && typeof call.id === 'string' ? [call.id] : [])) : []

/**
 * What of a conversation reaches a model. Ids of tool calls are random: each becomes its place in the order of appearance, so that two
 * conversations that differ in them alone are one. What the model does not see (ids of messages, counts of tokens, a provider's notes on an
 * answer) is left out.
 */
export function messageIdentity(messages: readonly BaseMessage[]): unknown[] {
  const places = new Map<string, number>()
  const note = (id: unknown): void => {
    if (typeof id === 'string' && !places.has(id)) places.set(id, places.size + 1)
  }
  for (const message of messages) {
    for (const id of idsIn(field(message, 'tool_calls'))) note(id)
    for (const id of idsIn(field(message, 'invalid_tool_calls'))) note(id)
    note(field(message, 'tool_call_id'))
  }

  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const place = idFields.has(key) && typeof item === 'string' ? places.get(item) : undefined
        // A number can't be mistaken for an id that somebody chose.
        if (place !== undefined) return [key, place]
        return [key, ownText.has(key) ? item : renamed(item)]
      }),
    )
  }

  return messages.map((message) => ({
    type: message.getType(),
    role: field(message, 'role'),
    name: message.name,
    content: renamed(message.content),
    toolCalls: renamed(field(message, 'tool_calls')),
    invalidToolCalls: renamed(field(message, 'invalid_tool_calls')),
    toolCall: renamed({ tool_call_id: field(message, 'tool_call_id') }),
    status: field(message, 'status'),
    more: renamed(message.additional_kwargs),
  }))
}
