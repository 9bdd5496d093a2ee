import type { Bedrock, CloudProviders, GoogleVertexAi, ModelPackages } from '@hadal/platform/model-providers'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { guardedFetch } from './guarded-fetch.ts'
import { anthropic } from './providers/anthropic.ts'
import { azureOpenAi } from './providers/azure-openai.ts'
import { bedrock } from './providers/bedrock.ts'
import { google } from './providers/google.ts'
import type { MakeModel } from './providers/make-model.ts'
import { modelPackage } from './providers/model-package.ts'
import { openai } from './providers/openai.ts'
import type { FetchBounds } from './watch.ts'

/** Variables with the key of each provider that the server supports itself. */
const keyVariables = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  azure_openai: 'AZURE_OPENAI_API_KEY',
  'google-genai': 'GOOGLE_GENAI_API_KEY',
  'google-vertexai': 'GOOGLE_VERTEXAI_API_KEY',
  bedrock: 'BEDROCK_API_KEY',
} as const
type ModelProvider = keyof typeof keyVariables

export interface ChatModelSettings {
  /** Keys of the providers. A provider whose key is missing fails when a model of it is named. */
  readonly keys: Readonly<Partial<Record<ModelProvider, string | undefined>>>
  /** Base URLs of Anthropic's and OpenAI's APIs, or of other servers with the same API. OpenAI's ends in `/v1`. Default: the provider's own. */
  readonly baseUrls?: { readonly anthropic?: string | undefined; readonly openai?: string | undefined }
  /** Which of OpenAI's two APIs the server uses: Responses or Chat Completions. */
  readonly openaiApi: 'responses' | 'chat-completions'
  readonly clouds?: CloudProviders
  readonly packages?: ModelPackages
  /** Keys of the providers in `packages`, by the provider. */
  readonly packageKeys?: Readonly<Record<string, string>>
  /** The langgraph.json, from whose folder `packages` are found. */
  readonly agentsFile?: string
  readonly bounds: FetchBounds
}

/** Key of a cloud whose credentials may come from the pod instead. Undefined for those of the pod. @throws Error if the key is missing */
function cloudKey(
  provider: 'google-vertexai' | 'bedrock',
  { credentials }: Pick<Bedrock | GoogleVertexAi, 'credentials'>,
  key: string | undefined,
): string | undefined {
  if (credentials === 'workload-identity') return undefined
  if (key !== undefined) return key
  const variable = keyVariables[provider]
  throw new Error(
    `The provider "${provider}" has the credentials "key", but ${variable} is not set. Set ${variable}_FILE to a file's path, or ${variable}, or use the credentials "workload-identity".`,
  )
}

/** Functions that load the package of each configured provider. Only those are loaded, because each package slows the start. */
function loaders(settings: ChatModelSettings): Map<string, () => Promise<MakeModel>> {
  const { keys, baseUrls = {}, openaiApi, clouds = {}, packages = {}, packageKeys = {}, bounds } = settings
  const fetch = guardedFetch(bounds)
  const found = new Map<string, () => Promise<MakeModel>>()
  const add = (name: string, load: () => Promise<MakeModel>): void => void found.set(name, load)
  const { anthropic: anthropicKey, openai: openaiKey, azure_openai: azureKey, 'google-genai': geminiKey } = keys
  if (anthropicKey) add('anthropic', () => anthropic({ apiKey: anthropicKey, baseUrl: baseUrls.anthropic }, fetch))
  if (openaiKey) add('openai', () => openai({ apiKey: openaiKey, baseUrl: baseUrls.openai, api: openaiApi }, fetch))
  const { azure_openai, bedrock: aws, 'google-genai': gemini, 'google-vertexai': vertex } = clouds
  if (azure_openai && azureKey) add('azure_openai', () => azureOpenAi({ ...azure_openai, apiKey: azureKey }, fetch))
  // Gemini needs no settings, so its key alone configures it.
  if (geminiKey)
    add('google-genai', () => google({ kind: 'gemini', apiKey: geminiKey, baseUrl: gemini?.baseUrl }, bounds))
  if (vertex)
    add('google-vertexai', async () => {
      const serviceAccount = cloudKey('google-vertexai', vertex, keys['google-vertexai'])
      return google({ ...vertex, kind: 'vertex', serviceAccount }, bounds)
    })
  if (aws) add('bedrock', async () => bedrock({ ...aws, key: cloudKey('bedrock', aws, keys.bedrock) }, bounds))
  for (const [provider, entry] of Object.entries(packages)) {
    const access = { ...entry, provider, key: packageKeys[provider], agentsFile: settings.agentsFile ?? '' }
    add(provider, () => modelPackage(access, bounds))
  }
  return found
}

const isBuiltIn = (name: string): name is ModelProvider => name in keyVariables

function unavailable(name: string, provider: string, clouds: CloudProviders, configured: readonly string[]): Error {
  const known = `Configured providers: ${configured.join(', ') || 'none'}.`
  if (!isBuiltIn(provider)) {
    return new Error(
      `Unknown model "${name}": its provider is not configured. ${known} Use "<provider>:<model id>" with one of them, or one of ${Object.keys(keyVariables).join(', ')}, or add a LangChain package to models.packages.`,
    )
  }
  const isCloud = provider === 'azure_openai' || provider === 'google-vertexai' || provider === 'bedrock'
  if (isCloud && !clouds[provider])
    return new Error(
      `The model "${name}" needs the settings of "${provider}", which are missing. ${known} Add models.providers.${provider} to the environment, or "${provider}" to the JSON in MODEL_PROVIDERS.`,
    )
  const key = keyVariables[provider]
  return new Error(`The model "${name}" needs ${key}, which is not set. Set ${key}_FILE to a file's path, or ${key}.`)
}

/**
 * Loads the packages of the configured providers.
 *
 * @returns function that returns the model named `<provider>:<model id>`, the same object for the same name
 */
export async function createChatModels(settings: ChatModelSettings): Promise<(name: string) => BaseChatModel> {
  const makers = new Map(
    await Promise.all([...loaders(settings)].map(async ([name, load]) => [name, await load()] as const)),
  )
  const made = new Map<string, BaseChatModel>()
  return (name) => {
    const before = made.get(name)
    if (before) return before
    const colon = name.indexOf(':')
    const provider = name.slice(0, colon)
    const make = makers.get(provider)
    if (!make) throw unavailable(name, provider, settings.clouds ?? {}, [...makers.keys()])
    const model = make(name.slice(colon + 1))
    made.set(name, model)
    return model
  }
}
