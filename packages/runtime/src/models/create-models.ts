import { CircuitBreaker } from '@hadal/middleware/circuit-breaker'
import { createProviderCircuits, type ModelFallbackOptions } from '@hadal/middleware/model-fallback'
import type { ModelRoutingOptions } from '@hadal/middleware/model-routing'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { Registry } from 'prom-client'
import { createChatModels } from './chat-models.ts'
import { createModelMetrics } from './model-metrics.ts'

/** The models of an environment, ready to be called. */
export interface AgentModels {
  /** Of every agent that names none. */
  readonly default: BaseChatModel
  /** @throws Error with a sentence when there is no such model, or no key for it */
  named(name: string): BaseChatModel
  /** Absent: every request goes to the default. */
  readonly routing: ModelRoutingOptions | undefined
  readonly fallback: ModelFallbackOptions
  /** Ids of the models that may answer in the place of an agent's own: a budget must reckon with the dearest. */
  readonly alternatives: readonly string[]
}

type Variables = Pick<
  ContainerVariables,
  | 'ANTHROPIC_API_KEY'
  | 'ANTHROPIC_BASE_URL'
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
 * What answers where `MODEL_DEFAULT` is not set, by whose key is there: a person's own machine. Listed in `dist/profiles.js` of
 * @langchain/anthropic 1.5.11 and in `dist/chat_models/profiles.js` of @langchain/openai 1.6.0.
 */
export const defaultModelNames = { anthropic: 'anthropic:claude-sonnet-5', openai: 'openai:gpt-5.6' } as const

function defaultName(variables: Variables): string | undefined {
  if (variables.MODEL_DEFAULT) return variables.MODEL_DEFAULT
  if (variables.ANTHROPIC_API_KEY) return defaultModelNames.anthropic
  return variables.OPENAI_API_KEY ? defaultModelNames.openai : undefined
}

/**
 * @returns undefined where no model is named and no key is given
 * @throws Error with a sentence for a named model without a key
 */
export async function createModels(variables: Variables, registry: Registry): Promise<AgentModels | undefined> {
  const metrics = createModelMetrics(registry)
  const name = defaultName(variables)
  if (name === undefined) return undefined
  const withinMs = variables.MODEL_CALL_SECONDS * 1_000
  const named = await createChatModels({
    providers: {
      anthropic: variables.ANTHROPIC_API_KEY
        ? { apiKey: variables.ANTHROPIC_API_KEY, baseUrl: variables.ANTHROPIC_BASE_URL }
        : undefined,
      openai: variables.OPENAI_API_KEY
        ? { apiKey: variables.OPENAI_API_KEY, baseUrl: variables.OPENAI_BASE_URL }
        : undefined,
    },
    // What only speaks like OpenAI mostly speaks its older API alone.
    openaiApi: variables.OPENAI_API ?? (variables.OPENAI_BASE_URL ? 'chat-completions' : 'responses'),
    bounds: {
      firstByteMs: variables.MODEL_FIRST_BYTE_SECONDS * 1_000,
      idleMs: variables.MODEL_IDLE_SECONDS * 1_000,
      callMs: withinMs,
    },
  })
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
      bounds: { withinMs },
      circuits: metrics.watched(createProviderCircuits(() => new CircuitBreaker())),
      observer: metrics.observer,
    },
    alternatives: others.map((other) => other.slice(other.indexOf(':') + 1)),
  }
}
