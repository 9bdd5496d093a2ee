import { type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { copiedMessage } from './copied-message.ts'

/** Text of the user message that is inserted before a conversation that begins with a message of the model. */
export const startMark = '[the conversation starts here]'
/** Text of the user message that is appended to a conversation that ends with a message of the model. */
export const continueMark = 'Please continue.'

/**
 * The conversation in a form that a provider with strict turns accepts: first the system messages, then turns that begin and end with a user
 * message or a tool result. A later system message becomes a user message that marks its origin.
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
