import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { copiedMessage } from './copied-message.ts'

/** Text of the result that is added for a tool call without a result. */
export const missingResult = 'This call has no result: it was not completed.'

type ToolCall = NonNullable<AIMessage['tool_calls']>[number]

/**
 * The conversation with exactly one result directly after each tool call: a later result is moved, and a missing one is replaced by an error.
 * Results without a call are left out. Ids are unique, have at most the maximum length, and consist of letters, digits, `_` and `-`.
 *
 * Anthropic: "`tool_use` ids were found without `tool_result` blocks immediately after", "unexpected `tool_use_id` found in `tool_result`
 * blocks", "each tool_use must have a single result", "`tool_use` ids must be unique", "String should match pattern '^[a-zA-Z0-9_-]+$'".
 * OpenAI: "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'", "messages with role
 * 'tool' must be a response to a preceding message with 'tool_calls'", "No tool output found for function call", "string too long".
 */
export function pairedCalls(messages: readonly BaseMessage[], maxIdLength: number): BaseMessage[] {
  const byId = new ById(messages)
  const used = new Set<string>()
  const paired: BaseMessage[] = []
  messages.forEach((message, index) => {
    if (ToolMessage.isInstance(message)) return
    if (!AIMessage.isInstance(message) || !message.tool_calls?.length) {
      paired.push(message)
      return
    }
    const calls = message.tool_calls
    const ids = calls.map(({ id }, place) => wireId(id || `call_${index}_${place}`, used, maxIdLength))
    paired.push(calls.every(({ id }, place) => id === ids[place]) ? message : renamed(message, calls, ids))
    calls.forEach((call, place) => {
      const tool_call_id = ids[place] ?? ''
      const result = resultOf(byId, index, calls, place)
      if (!result) {
        paired.push(new ToolMessage({ tool_call_id, name: call.name, content: missingResult, status: 'error' }))
      } else paired.push(result.tool_call_id === tool_call_id ? result : copiedMessage(result, { tool_call_id }))
    })
  })
  return paired
}

/** Index of the calls and results of a conversation by id, because a long thread has thousands of them. */
class ById {
  readonly #results = new Map<string, { readonly index: number; readonly message: ToolMessage }[]>()
  readonly #callers = new Map<string, number[]>()

  constructor(messages: readonly BaseMessage[]) {
    messages.forEach((message, index) => {
      if (ToolMessage.isInstance(message)) push(this.#results, message.tool_call_id, { index, message })
      else if (AIMessage.isInstance(message))
        for (const id of new Set(message.tool_calls?.map((call) => call.id))) if (id) push(this.#callers, id, index)
    })
  }

  /** Results of a tool call: those between its message and the next message with a call of the same id. */
  resultsOf(id: string, caller: number): ToolMessage[] {
    const next = this.#callers.get(id)?.find((index) => index > caller) ?? Number.POSITIVE_INFINITY
    const between = (this.#results.get(id) ?? []).filter(({ index }) => index > caller && index < next)
    return between.map(({ message }) => message)
  }
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** Result of one call of a message: the newest or, if several calls of the message share an id, the one at the same position. */
function resultOf(byId: ById, index: number, calls: readonly ToolCall[], place: number): ToolMessage | undefined {
  const id = calls[place]?.id
  if (!id) return undefined
  const found = byId.resultsOf(id, index)
  const twins = calls.filter((call) => call.id === id).length
  const nth = calls.slice(0, place).filter((call) => call.id === id).length
  return twins > 1 ? found[nth] : found.at(-1)
}

/** Id of a tool call in a form that the provider accepts: the call's own id if possible. */
function wireId(id: string, used: Set<string>, maxLength: number): string {
  const plain = id.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, maxLength)
  let unique = plain
  for (let count = 2; used.has(unique); count += 1) {
    const suffix = `_${count}`
    unique = `${plain.slice(0, maxLength - suffix.length)}${suffix}`
  }
  used.add(unique)
  return unique
}

/** Copy of an answer with new ids for its tool calls, also in its content. */
function renamed(message: AIMessage, calls: readonly ToolCall[], ids: readonly string[]): BaseMessage {
  const seen = new Map<unknown, number>()
  const idOf = (before: unknown): string | undefined => {
    const nth = seen.get(before) ?? 0
    seen.set(before, nth + 1)
    const places = calls.flatMap((call, place) => (call.id === before ? [place] : []))
    return ids[places[nth] ?? places[0] ?? -1]
  }
  const { content } = message
  const { output: _, ...response_metadata } = message.response_metadata
  return copiedMessage(message, {
    tool_calls: calls.map((call, place) => ({ ...call, id: ids[place] })),
    content:
      typeof content === 'string'
        ? content
        : content.map((block) =>
            block.type === 'tool_use' || block.type === 'tool_call'
              ? { ...block, id: idOf(Reflect.get(block, 'id')) ?? Reflect.get(block, 'id') }
              : block,
          ),
    response_metadata,
  })
}
