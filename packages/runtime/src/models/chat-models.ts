import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { MessageContent } from '@langchain/core/messages'
import { type FetchBounds, guardedFetch } from './guarded-fetch.ts'

export const modelProviders = ['anthropic', 'openai'] as const
export type ModelProvider = (typeof modelProviders)[number]

export interface ProviderAccess {
  readonly apiKey: string
  /** Base URL of the model provider's API, or of another server with the same API. OpenAI's ends in `/v1`. Default: the provider's own. */
  readonly baseUrl?: string | undefined
}

export interface ChatModelSettings {
  /** Model providers whose API key is set. Only their packages are loaded, because each package slows the start. */
  readonly providers: Readonly<Partial<Record<ModelProvider, ProviderAccess>>>
  /** Which of OpenAI's two APIs the server uses: Responses or Chat Completions. */
  readonly openaiApi: 'responses' | 'chat-completions'
  readonly bounds: FetchBounds
}

/** Default base URLs of the model providers' APIs. They are set explicitly because LangChain otherwise reads several variables of the process. */
const addresses: Readonly<Record<ModelProvider, string>> = {
  anthropic: 'https://api.anthropic.com',
  openai: 'https://api.openai.com/v1',
}

/**
 * Maximum number of LangChain's retries, for calls that bypass the production stack, such as summaries. The stack disables them: its own retries
 * know the providers better, and both would multiply. LangChain always disables the retries of the SDKs.
 */
const maxRetries = 2

/** Estimated number of characters per token, for LangChain's own token count of Chat Completions. */
const charactersPerToken = 4

type MakeModel = (id: string, access: ProviderAccess) => BaseChatModel

/**
 * Loads the package of a provider.
 *
 * @returns factory of the provider's models by model id
 */
async function loadProvider(provider: ModelProvider, settings: ChatModelSettings): Promise<MakeModel> {
  const fetch = guardedFetch(settings.bounds)
  // Without streaming, a slow response can't be distinguished from a lost one.
  const options = { streaming: true, maxRetries }
  if (provider === 'anthropic') {
    const { ChatAnthropic } = await import('@langchain/anthropic')
    return (model, { apiKey, baseUrl = addresses.anthropic }) =>
      new ChatAnthropic({ ...options, model, apiKey, anthropicApiUrl: baseUrl, clientOptions: { fetch } })
  }
  const { ChatOpenAI, ChatOpenAICompletions } = await import('@langchain/openai')
  /**
   * OpenAI's model with the Chat Completions API, without LangChain's own token count. That count repeats the count of a whole answer, although
   * OpenAI reports the number and no code reads the result, by tables that LangChain downloads without a timeout.
   */
  class Completions extends ChatOpenAICompletions {
    override async getNumTokens(content: MessageContent): Promise<number> {
      return Math.ceil(JSON.stringify(content).length / charactersPerToken)
    }
  }
  return (model, { apiKey, baseUrl = addresses.openai }) => {
    const fields = { ...options, model, apiKey, configuration: { baseURL: baseUrl, fetch } }
    // ChatOpenAI uses the Responses API for some models regardless of its options.
    return settings.openaiApi === 'chat-completions'
      ? new Completions(fields)
      : new ChatOpenAI({ ...fields, useResponsesApi: true })
  }
}

const isProvider = (name: string): name is ModelProvider => modelProviders.some((provider) => provider === name)

/**
 * Loads the packages of the providers that have a key.
 *
 * @returns function that returns the model named `<provider>:<model id>`, the same object for the same name
 */
export async function createChatModels(settings: ChatModelSettings): Promise<(name: string) => BaseChatModel> {
  const makers = new Map<ModelProvider, MakeModel>()
  for (const provider of modelProviders) {
    if (settings.providers[provider]) makers.set(provider, await loadProvider(provider, settings))
  }
  const made = new Map<string, BaseChatModel>()
  return (name) => {
    const before = made.get(name)
    if (before) return before
    const colon = name.indexOf(':')
    const provider = name.slice(0, colon)
    if (!isProvider(provider)) {
      throw new Error(`Unknown model "${name}". Use "anthropic:<model id>" or "openai:<model id>".`)
    }
    const access = settings.providers[provider]
    const make = makers.get(provider)
    if (!access || !make) {
      const key = `${provider.toUpperCase()}_API_KEY`
      throw new Error(
        `The model "${name}" needs ${key}, which is not set. Set ${key}_FILE to a file's path, or ${key}.`,
      )
    }
    const model = make(name.slice(colon + 1), access)
    made.set(name, model)
    return model
  }
}
