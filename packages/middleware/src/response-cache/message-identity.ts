import type { BaseMessage } from '@langchain/core/messages'
import { field, isObject } from '../unknown-value.ts'

/** Names of the fields in which providers put the id of a tool call. */
const idFields = new Set(['id', 'tool_use_id', 'tool_call_id', 'call_id'])
/** Names of the fields with the arguments of a tool call: an `id` in them is not the id of a call. */
const ownText = new Set(['args', 'arguments', 'input'])

const idsIn = (calls: unknown): string[] =>
  Array.isArray(calls) ? calls.flatMap((call) => (isObject(call) && typeof call.id === 'string' ? [call.id] : [])) : []

/**
 * The parts of a conversation that reach a model, for the cache key. The random ids of tool calls are replaced by numbers in their order of
 * appearance, so that two conversations that differ only in these ids are equal. Ids of messages, numbers of tokens and metadata of the provider
 * are left out.
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
        // The number can't be equal to an id, because ids are strings.
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
