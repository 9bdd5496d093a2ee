import { resolve } from 'node:path'
import { CircuitBreaker } from '@hadal/middleware/circuit-breaker'
import { createProviderCircuits, type ModelFallbackOptions } from '@hadal/middleware/model-fallback'
import type { ModelRoutingOptions } from '@hadal/middleware/model-routing'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Registry } from 'prom-client'
import { type ChatModelSettings, createChatModels } from './chat-models.ts'
import { createEmbeddingModel, type Embed, type EmbeddingModel } from './embedding-models.ts'
import { createModelMetrics } from './model-metrics.ts'
import { packageKeys } from './package-keys.ts'

/** Models of an environment for its agents. */
export interface AgentModels {
  /** Default model, for every agent that does not name one. */
  readonly default: BaseChatModel
  /** Returns the model with a name. @throws Error if the model is unknown or its provider has no key */
  named(name: string): BaseChatModel
  /** Routing of model calls by their complexity. If undefined, the default model answers every request. */
  readonly routing: ModelRoutingOptions | undefined
  readonly fallback: ModelFallbackOptions
  /** Ids of the models that may answer instead of an agent's own. A budget assumes the most expensive one. */
  readonly alternatives: readonly string[]
}

type Variables = Pick<
  ContainerVariables,
  | 'AGENTS_CONFIG'
  | 'ANTHROPIC_API_KEY'
  | 'ANTHROPIC_BASE_URL'
  | 'AZURE_OPENAI_API_KEY'
  | 'BEDROCK_API_KEY'
  | 'GOOGLE_GENAI_API_KEY'
  | 'GOOGLE_VERTEXAI_API_KEY'
  | 'MODEL_PACKAGE_KEYS'
  | 'MODEL_PACKAGES'
  | 'MODEL_PROVIDERS'
  | 'OPENAI_API_KEY'
  | 'OPENAI_BASE_URL'
  | 'OPENAI_API'
  | 'MODEL_DEFAULT'
  | 'MODEL_FALLBACKS'
  | 'MODEL_ROUTING'
  | 'MODEL_FIRST_BYTE_SECONDS'
  | 'MODEL_IDLE_SECONDS'
  | 'MODEL_CALL_SECONDS'
>

/**
 * Default models without `MODEL_DEFAULT`, by the provider whose key is set: for local development. They are listed in `dist/profiles.js` of
 * @langchain/anthropic 1.5.11 and in `dist/chat_models/profiles.js` of @langchain/openai 1.6.0.
 */
export const defaultModelNames = { anthropic: 'anthropic:claude-sonnet-5', openai: 'openai:gpt-5.6' } as const

function defaultName(variables: Variables): string | undefined {
  if (variables.MODEL_DEFAULT) return variables.MODEL_DEFAULT
  if (variables.ANTHROPIC_API_KEY) return defaultModelNames.anthropic
  return variables.OPENAI_API_KEY ? defaultModelNames.openai : undefined
}

/** Providers with their keys, addresses and timeouts. */
const settingsOf = (variables: Variables): ChatModelSettings => ({
  keys: {
    anthropic: variables.ANTHROPIC_API_KEY,
    openai: variables.OPENAI_API_KEY,
    azure_openai: variables.AZURE_OPENAI_API_KEY,
    'google-genai': variables.GOOGLE_GENAI_API_KEY,
    'google-vertexai': variables.GOOGLE_VERTEXAI_API_KEY,
    bedrock: variables.BEDROCK_API_KEY,
  },
  baseUrls: { anthropic: variables.ANTHROPIC_BASE_URL, openai: variables.OPENAI_BASE_URL },
  clouds: variables.MODEL_PROVIDERS,
  packages: variables.MODEL_PACKAGES,
  packageKeys: packageKeys(variables.MODEL_PACKAGE_KEYS),
  agentsFile: resolve(variables.AGENTS_CONFIG),
  // Most OpenAI-compatible servers support only the older API.
  openaiApi: variables.OPENAI_API ?? (variables.OPENAI_BASE_URL ? 'chat-completions' : 'responses'),
  bounds: {
    firstByteMs: variables.MODEL_FIRST_BYTE_SECONDS * 1_000,
    idleMs: variables.MODEL_IDLE_SECONDS * 1_000,
    callMs: variables.MODEL_CALL_SECONDS * 1_000,
  },
})

/**
 * Creates an embedding model of an environment.
 *
 * @throws Error for an unknown model, or for one without a key
 */
export const createEmbeddings = (variables: Variables, model: EmbeddingModel): Promise<Embed> =>
  createEmbeddingModel(settingsOf(variables), model)

/**
 * Creates the models of an environment.
 *
 * @returns undefined if no model is configured and no key is set
 * @throws Error for a configured model without a key
 */
export async function createModels(variables: Variables, registry: Registry): Promise<AgentModels | undefined> {
  const metrics = createModelMetrics(registry)
  const name = defaultName(variables)
  if (name === undefined) return undefined
  const named = await createChatModels(settingsOf(variables))
  const routing = variables.MODEL_ROUTING
  const tiers = routing ? [routing.simple, routing.standard, routing.complex] : []
  const others = [...new Set([...tiers, ...variables.MODEL_FALLBACKS])]
  return {
    default: named(name),
    named,
    routing: routing && {
      ...routing,
      models: { simple: named(routing.simple), standard: named(routing.standard), complex: named(routing.complex) },
      onRouted: metrics.routed,
    },
    fallback: {
      fallbacks: variables.MODEL_FALLBACKS.map(named),
      bounds: { withinMs: variables.MODEL_CALL_SECONDS * 1_000 },
      circuits: metrics.watched(createProviderCircuits(() => new CircuitBreaker())),
      observer: metrics.observer,
    },
    alternatives: others.map((other) => other.slice(other.indexOf(':') + 1)),
  }
}
