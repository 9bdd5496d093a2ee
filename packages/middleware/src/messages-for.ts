import { AIMessage, type BaseMessage } from '@langchain/core/messages'

/** Value of `model_provider` in the answers of a provider, if it differs from the provider's name. It names the form of the content blocks. */
const formOf: Readonly<Record<string, string>> = {
  azure: 'openai',
  amazon_bedrock: 'bedrock-converse',
  google_genai: 'google',
  google_vertexai: 'google',
}

/**
 * A conversation in a form that a provider accepts. LangChain keeps the content blocks of an answer as its provider sent them, and OpenAI, for
 * example, refuses Anthropic's `tool_use` and `thinking`. So answers of other providers are reduced to their text and tool calls.
 *
 * @param provider name of the provider in LangChain, such as `openai`
 */
export function messagesFor(provider: string, messages: readonly BaseMessage[]): BaseMessage[] {
  const form = formOf[provider] ?? provider
  return messages.map((message) => {
    if (!AIMessage.isInstance(message)) return message
    const origin = message.response_metadata.model_provider
    if (typeof origin !== 'string' || origin === form || typeof message.content === 'string') return message
    const { id, name, text, tool_calls, response_metadata, usage_metadata } = message
    return new AIMessage({ id, name, content: text, tool_calls, response_metadata, usage_metadata })
  })
}
