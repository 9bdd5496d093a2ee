import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  type MessageContent,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'

export interface MessageChanges {
  readonly content?: MessageContent
  readonly name?: string
  readonly tool_calls?: AIMessage['tool_calls']
  readonly tool_call_id?: string
  readonly additional_kwargs?: Record<string, unknown>
  readonly response_metadata?: Record<string, unknown>
}

/** Copy of a message with some fields changed. The message itself belongs to the thread and does not change. */
export function copiedMessage<Message extends BaseMessage>(message: Message, changes: MessageChanges): BaseMessage {
  const { id, name, content, additional_kwargs, response_metadata } = message
  const fields = { id, name, content, additional_kwargs, response_metadata, ...changes }
  if (AIMessage.isInstance(message)) {
    const { tool_calls, invalid_tool_calls, usage_metadata } = message
    return new AIMessage({ tool_calls, invalid_tool_calls, usage_metadata, ...fields })
  }
  if (ToolMessage.isInstance(message)) {
    const { tool_call_id, status, artifact, metadata } = message
    return new ToolMessage({ tool_call_id, status, artifact, metadata, ...fields })
  }
  return SystemMessage.isInstance(message) ? new SystemMessage(fields) : new HumanMessage(fields)
}
