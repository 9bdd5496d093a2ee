import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { MessageContent } from '@langchain/core/messages'
import { type FetchBounds, guardedFetch } from './guarded-fetch.ts'

export const modelProviders = ['anthropic', 'openai'] as const
export type ModelProvider = (typeof modelProviders)[number]

export interface ProviderAccess {
  readonly apiKey: string
  /** Another address that speaks the provider's API; OpenAI's ends in `/v1`. */
  readonly baseUrl?: string | undefined
}

export interface ChatModelSettings {
  /** Those that may be used. Only their packages are loaded: each costs start-up time. */
  readonly providers: Readonly<Partial<Record<ModelProvider, ProviderAccess>>>
  /** Which of OpenAI's two APIs is spoken. */
  readonly openaiApi: 'responses' | 'chat-completions'
  readonly bounds: FetchBounds
}

/** Written out, since without an address LangChain looks for one in several variables of the process. */
const addresses: Readonly<Record<ModelProvider, string>> = {
  anthropic: 'https://api.anthropic.com',
  openai: 'https://api.openai.com/v1',
}

/**
 * LangChain's retries, for calls that agents make beside the production stack (summaries, for one). In the stack they are off: its own
 * retries know the providers better, and the two would multiply. The SDKs' retries are off always: LangChain sees to that.
 */
const maxRetries = 2

/** A rule of thumb, for the count above. */
const charactersPerToken = 4

type MakeModel = (id: string, access: ProviderAccess) => BaseChatModel

/** @returns makes a model of the provider by its id */
async function loadProvider(provider: ModelProvider, settings: ChatModelSettings): Promise<MakeModel> {
  const fetch = guardedFetch(settings.bounds)
  // What streams tells early whether it is alive; what doesn't looks the same dead or slow.
  const options = { streaming: true, maxRetries }
  if (provider === 'anthropic') {
    const { ChatAnthropic } = await import('@langchain/anthropic')
    return (model, { apiKey, baseUrl = addresses.anthropic }) =>
      new ChatAnthropic({ ...options, model, apiKey, anthropicApiUrl: baseUrl, clientOptions: { fetch } })
  }
  const { ChatOpenAI, ChatOpenAICompletions } = await import('@langchain/openai')
  /**
   * LangChain counts the tokens of a whole answer once more, beside what OpenAI reports, by tables that it fetches from a website, and waits
   * without a bound where that can't be reached. Nobody reads the count.
   */
  class Completions extends ChatOpenAICompletions {
    override async getNumTokens(content: MessageContent): Promise<number> {
      return Math.ceil(JSON.stringify(content).length / charactersPerToken)
    }
  }
  return (model, { apiKey, baseUrl = addresses.openai }) => {
    const fields = { ...options, model, apiKey, configuration: { baseURL: baseUrl, fetch } }
    // ChatOpenAI would speak Responses for some models whatever it is told.
    return settings.openaiApi === 'chat-completions'
      ? new Completions(fields)
      : new ChatOpenAI({ ...fields, useResponsesApi: true })
  }
}

const isProvider = (name: string): name is ModelProvider => modelProviders.some((provider) => provider === name)

/**
 * Loads the packages of the providers that have a key.
 *
 * @returns gives the model that is called `<provider>:<model id>`, always the same one for a name
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
      throw new Error(`There is no model "${name}". Write "anthropic:<model id>" or "openai:<model id>".`)
    }
    const access = settings.providers[provider]
    const make = makers.get(provider)
    if (!access || !make) {
      const key = `${provider.toUpperCase()}_API_KEY`
      throw new Error(
        `The model "${name}" needs ${key}, and it is not set. Set ${key}_FILE to a file's path, or ${key}.`,
      )
    }
    const model = make(name.slice(colon + 1), access)
    made.set(name, model)
    return model
  }
}
