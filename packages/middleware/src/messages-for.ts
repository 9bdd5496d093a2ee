import { AIMessage, type BaseMessage } from '@langchain/core/messages'

/**
 * A conversation in a form that a provider accepts. LangChain keeps the content blocks of an answer as its provider sent them, and OpenAI, for
 * example, refuses Anthropic's `tool_use` and `thinking`. So answers of other providers are reduced to their text and tool calls.
 *
 * @param provider name of the provider in LangChain, such as `openai`
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
