import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { Command } from '@langchain/langgraph'
import { type AgentMiddleware, AIMessage, countTokensApproximately, createMiddleware } from 'langchain'
import { z } from 'zod'
import { messagesFor } from './messages-for.ts'
import { canServe, capabilitiesOf, type ModelCapabilities, modelNeeds } from './model-capabilities.ts'
import { modelIdentity } from './model-identity.ts'
import { type ComplexityBounds, higherTier, requestComplexity, type Tier, tiers } from './request-complexity.ts'

export interface ModelRoutingOptions extends ComplexityBounds {
  /** The model that is called for each tier of complexity. */
  readonly models: Readonly<Record<Tier, BaseChatModel>>
  /**
   * Names of tools that don't count for a request's complexity tier, because every agent has them. Default: those of deepagents and of
   * LangChain's to-do list.
   */
  readonly uncountedTools?: ReadonlySet<string>
  /** Capabilities of models that LangChain's packages don't describe, by `<provider>:<model id>`. */
  readonly capabilities?: Readonly<Record<string, ModelCapabilities>>
  /** Callback for the tier and the model of each model call, for metrics. */
  readonly onRouted?: (routed: { readonly tier: Tier; readonly model: string }) => void
}

/** Names of the tools that deepagents and LangChain's to-do list add to every agent. */
export const harnessTools: ReadonlySet<string> = new Set([
  'write_todos',
  'task',
  'ls',
  'read_file',
  'write_file',
  'edit_file',
  'delete',
  'glob',
  'grep',
  'execute',
])

/** Private state with the tier of a conversation. It is in the agent's checkpoints, but neither clients nor subagents can read or set it. */
const stateSchema = z.object({ _modelTier: z.enum(tiers).optional() })

/**
 * Middleware that sends each call to the model of its tier. As in the guide, the tier depends on the number of tokens and tools; the system
 * prompt and the platform's tools don't count. The tier of a conversation never falls, so that it does not alternate, and is kept in its state.
 * A model that does not support the request (tools, images, length) is skipped for the next tier. If no tier does, the agent's own model is called.
 */
export function createModelRoutingMiddleware({
  models,
  uncountedTools = harnessTools,
  capabilities = {},
  onRouted,
  ...bounds
}: ModelRoutingOptions): AgentMiddleware {
  return createMiddleware({
    name: 'ModelRouting',
    stateSchema,
    wrapModelCall: async (request, handler) => {
      const own = request.tools.filter(({ name }) => typeof name !== 'string' || !uncountedTools.has(name))
      const size = { tokens: countTokensApproximately(request.messages), tools: own.length }
      const before = request.state._modelTier
      const tier = higherTier(before ?? 'simple', requestComplexity(size, bounds))
      const needs = modelNeeds([request.systemMessage, ...request.messages], request.tools)
      const able = tiers
        .slice(tiers.indexOf(tier))
        .find((each) => canServe(capabilitiesOf(models[each], modelIdentity(models[each]).name, capabilities), needs))
      const model = able ? models[able] : request.model
      const { name, provider } = modelIdentity(model)
      onRouted?.({ tier, model: name })
      const answer = await handler({ ...request, model, messages: messagesFor(provider, request.messages) })
      // A structured answer can't carry a state update. The next call computes the tier again.
      return tier === before || !AIMessage.isInstance(answer) ? answer : new Command({ update: { _modelTier: tier } })
    },
  })
}
