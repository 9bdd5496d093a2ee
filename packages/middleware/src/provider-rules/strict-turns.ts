import { type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { copiedMessage } from './copied-message.ts'

/** A conversation that begins with an answer gets this as its first message. */
export const startMark = '[the conversation starts here]'
/** A conversation that ends with an answer gets this as its last message. */
export const continueMark = 'Please continue.'

/**
 * The conversation as a provider with strict turns accepts it: system messages first, then a user's message first and last. A system message
 * between the others becomes a user's message that says where it comes from.
 */
export function strictTurns(messages: readonly BaseMessage[]): BaseMessage[] {
  const leading = messages.findIndex((message) => !SystemMessage.isInstance(message))
  const system = leading === -1 ? messages : messages.slice(0, leading)
  const turns = messages
    .slice(system.length)
    .map((message) => (SystemMessage.isInstance(message) ? asUser(message) : message))
  const [first] = turns
  const last = turns.at(-1)
  return [
    ...system,
    ...(first && !HumanMessage.isInstance(first) ? [new HumanMessage(startMark)] : []),
    ...turns,
    ...(last && !HumanMessage.isInstance(last) && !ToolMessage.isInstance(last)
      ? [new HumanMessage(continueMark)]
      : []),
  ]
}

function asUser(message: SystemMessage): BaseMessage {
  const { id, name, content, additional_kwargs, response_metadata } = message
  const user = new HumanMessage({ id, name, content, additional_kwargs, response_metadata })
  return typeof content === 'string' ? copiedMessage(user, { content: `<system>\n${content}\n</system>` }) : user
}
