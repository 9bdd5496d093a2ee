import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { Command } from '@langchain/langgraph'
import { type AgentMiddleware, AIMessage, countTokensApproximately, createMiddleware } from 'langchain'
import { z } from 'zod'
import { messagesFor } from './messages-for.ts'
import { canServe, capabilitiesOf, type ModelCapabilities, modelNeeds } from './model-capabilities.ts'
import { modelIdentity } from './model-identity.ts'
import { type ComplexityBounds, higherTier, requestComplexity, type Tier, tiers } from './request-complexity.ts'

export interface ModelRoutingOptions extends ComplexityBounds {
  /** A model for each complexity. */
  readonly models: Readonly<Record<Tier, BaseChatModel>>
  /** Tools that don't count, since every agent has them. Absent: those of deepagents and of LangChain's to-do list. */
  readonly uncountedTools?: ReadonlySet<string>
  /** What models can that LangChain's packages don't describe, by `<provider>:<model id>`. */
  readonly capabilities?: Readonly<Record<string, ModelCapabilities>>
  /** Hears of each call that was routed, for metrics. */
  readonly onRouted?: (routed: { readonly tier: Tier; readonly model: string }) => void
}

/** What deepagents and LangChain's to-do list give to every agent. */
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

/** Private: it is kept in the agent's checkpoints, comes from no client and goes to none, nor from an agent to its subagents. */
const stateSchema = z.object({ _modelTier: z.enum(tiers).optional() })

/**
 * Sends each call to the model that fits its complexity: the guide's tokens and tools, of which the system prompt and the platform's tools
 * are no part. A conversation goes up, never down, so that it doesn't flap; where it stands is kept in its state. A model that can't take
 * the request (tools, images, length) is passed over for the next better one, and where none can, the agent's own stays.
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
      // What LangChain made of a structured answer can't carry more; the tier is found again at the next call.
      return tier === before || !AIMessage.isInstance(answer) ? answer : new Command({ update: { _modelTier: tier } })
    },
  })
}
