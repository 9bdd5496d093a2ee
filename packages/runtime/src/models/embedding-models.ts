import { late, within } from '@hadal/middleware/within'
import type { ChatModelSettings } from './chat-models.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { bedrockClient } from './providers/bedrock-client.ts'
import { openAiAddress } from './providers/openai.ts'

/** Embeds texts: returns one vector per text. */
export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>

/** The part of LangChain's `Embeddings` that embeds texts. */
interface Embedder {
  embedDocuments(texts: string[]): Promise<number[][]>
}

export interface EmbeddingModel {
  /** Name of the model: `<provider>:<model id>`. */
  readonly name: string
  /** Number of dimensions of a vector. */
  readonly dims: number
}

/** Options of every embedding model. LangChain retries errors of the provider that may pass. */
const everyEmbedder = { maxRetries: 2 } as const

/** OpenAI's models with a choice of dimensions. */
const hasDimensions = (model: string): boolean => model.startsWith('text-embedding-3')

type MakeEmbedder = (model: string, dims: number) => Promise<Embedder>

/** Functions that create embedding models, by the provider; for a provider that is not configured, what it lacks. */
const makers = ({ keys, baseUrls, clouds = {}, bounds }: ChatModelSettings): Record<string, MakeEmbedder | string> => {
  const fetch = guardedFetch(bounds)
  const { openai: openaiKey, azure_openai: azureKey } = keys
  const { azure_openai: azure, bedrock } = clouds
  const dimensions = (model: string, dims: number) => (hasDimensions(model) ? { dimensions: dims } : {})
  return {
    openai: openaiKey
      ? async (model, dims) => {
          const { OpenAIEmbeddings } = await import('@langchain/openai')
          return new OpenAIEmbeddings({
            ...everyEmbedder,
            ...dimensions(model, dims),
            model,
            apiKey: openaiKey,
            // Many OpenAI-compatible servers support only this format.
            encodingFormat: 'float',
            configuration: { baseURL: baseUrls?.openai ?? openAiAddress, fetch },
          })
        }
      : 'OPENAI_API_KEY',
    azure_openai:
      azureKey && azure
        ? async (model, dims) => {
            const { AzureOpenAIEmbeddings } = await import('@langchain/openai')
            return new AzureOpenAIEmbeddings({
              ...everyEmbedder,
              ...dimensions(model, dims),
              model,
              azureOpenAIApiKey: azureKey,
              azureOpenAIBasePath: `${azure.baseUrl.replace(/\/+$/, '')}/openai/deployments`,
              azureOpenAIApiVersion: azure.apiVersion,
              azureOpenAIApiDeploymentName: azure.deployments[model] ?? model,
              // LangChain's default is one text per request, as an old version of the API needed.
              batchSize: 512,
              encodingFormat: 'float',
              configuration: { fetch },
            })
          }
        : 'AZURE_OPENAI_API_KEY and the settings of "azure_openai" in MODEL_PROVIDERS',
    bedrock: bedrock
      ? async (model) => {
          const { BedrockEmbeddings } = await import('@langchain/aws')
          const client = await bedrockClient({ ...bedrock, key: keys.bedrock })
          return new BedrockEmbeddings({ ...everyEmbedder, model, region: bedrock.region, client })
        }
      : 'the settings of "bedrock" in MODEL_PROVIDERS',
  }
}

/**
 * Creates an embedding model of a provider, with the keys and timeouts of the chat models.
 *
 * @throws Error with one sentence if the provider is unknown or not configured
 */
export async function createEmbeddingModel(
  settings: ChatModelSettings,
  { name, dims }: EmbeddingModel,
): Promise<Embed> {
  const all = makers(settings)
  const colon = name.indexOf(':')
  const make = Object.hasOwn(all, name.slice(0, colon)) ? all[name.slice(0, colon)] : undefined
  if (make === undefined) {
    throw new Error(
      `Unknown embedding model "${name}". The providers of embedding models are ${Object.keys(all).join(', ')}. Use "<provider>:<model id>" with one of them, or a function of your own: "./embed.ts:embed".`,
    )
  }
  if (typeof make === 'string') {
    throw new Error(`The embedding model "${name}" needs ${make}, which is not set. Set it, or use another model.`)
  }
  const model = await make(name.slice(colon + 1), dims)
  const seconds = settings.bounds.callMs / 1_000
  return async (texts) => {
    const vectors = await within(model.embedDocuments([...texts]), settings.bounds.callMs)
    if (vectors === late) throw new Error(`no complete response after ${seconds} s`)
    return vectors
  }
}
