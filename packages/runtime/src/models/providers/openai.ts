import type { MessageContent } from '@langchain/core/messages'
import { estimatedTokens } from '../estimated-tokens.ts'
import { everyModel, type MakeModel } from './make-model.ts'

export interface OpenAiAccess {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
  /** Which of OpenAI's two APIs the server uses: Responses or Chat Completions. */
  readonly api: 'responses' | 'chat-completions'
}

/** Default address of OpenAI's API. It is set explicitly because LangChain otherwise reads several variables of the process. */
export const openAiAddress = 'https://api.openai.com/v1'

/** Loads OpenAI's package. */
export async function openai(
  { apiKey, baseUrl = openAiAddress, api }: OpenAiAccess,
  guarded: typeof fetch,
): Promise<MakeModel> {
  const { ChatOpenAI, ChatOpenAICompletions } = await import('@langchain/openai')
  /** OpenAI's model with the Chat Completions API, without LangChain's own token count, which repeats the count of a whole answer. */
  class Completions extends ChatOpenAICompletions {
    override async getNumTokens(content: MessageContent): Promise<number> {
      return estimatedTokens(content)
    }
  }
  return (model) => {
    const fields = { ...everyModel, model, apiKey, configuration: { baseURL: baseUrl, fetch: guarded } }
    // ChatOpenAI uses the Responses API for some models regardless of its options.
    return api === 'chat-completions' ? new Completions(fields) : new ChatOpenAI({ ...fields, useResponsesApi: true })
  }
}
