import { AIMessage, type BaseMessage } from '@langchain/core/messages'

/**
 * A conversation as another provider can take it. LangChain keeps an answer's blocks as its provider sent them, and some converters pass
 * them on: OpenAI refuses Anthropic's `tool_use` and `thinking`. Text and tool calls are common to all, so of an answer that is another
 * provider's these remain.
 *
 * @param provider as LangChain names it, such as `openai`
 */
export function messagesFor(provider: string, messages: readonly BaseMessage[]): BaseMessage[] {
  return messages.map((message) => {
    if (!AIMessage.isInstance(message)) return message
    const origin = message.response_metadata.model_provider
    if (typeof origin !== 'string' || origin === provider || typeof message.content === 'string') return message
    const { id, name, text, tool_calls, response_metadata, usage_metadata } = message
    return new AIMessage({ id, name, content: text, tool_calls, response_metadata, usage_metadata })
  })
}
