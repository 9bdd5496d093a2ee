import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { copiedMessage } from './copied-message.ts'

/** The result of a call that the thread has no result of. */
export const missingResult = 'This call has no result: it was not completed.'

type ToolCall = NonNullable<AIMessage['tool_calls']>[number]

/**
 * The conversation with one result behind each tool call: moved there if it comes later, made up if it is missing. Results without a call are
 * left out. Ids are unique, within their maximum length, and of letters, digits, `_` and `-`.
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

/** Where a conversation has calls and results of each id, in order: looked up once, since a long thread has thousands of them. */
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

  /** The results of a call: between its message and the next one with a call of the same id. */
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

/** The result of one call of a message: the newest, or where calls share an id, the one in the same place. */
function resultOf(byId: ById, index: number, calls: readonly ToolCall[], place: number): ToolMessage | undefined {
  const id = calls[place]?.id
  if (!id) return undefined
  const found = byId.resultsOf(id, index)
  const twins = calls.filter((call) => call.id === id).length
  const nth = calls.slice(0, place).filter((call) => call.id === id).length
  return twins > 1 ? found[nth] : found.at(-1)
}

/** An id that the provider accepts, the call's own where possible. */
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

/** An answer whose calls have other ids, also where its content repeats them. */
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
