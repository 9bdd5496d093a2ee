import { createInputValidationMiddleware } from '@hadal/middleware/input-validation'
import { createModelFallbackMiddleware } from '@hadal/middleware/model-fallback'
import { createModelRoutingMiddleware } from '@hadal/middleware/model-routing'
import { createProviderRulesMiddleware } from '@hadal/middleware/provider-rules'
import { createRateLimitMiddleware, type LimitedRequest } from '@hadal/middleware/rate-limit'
import { createResponseCacheMiddleware } from '@hadal/middleware/response-cache'
import { createTodosMiddleware } from '@hadal/middleware/todos'
import { createTokenBudgetMiddleware } from '@hadal/middleware/token-budget'
import { createToolErrorsMiddleware, type OnToolError } from '@hadal/middleware/tool-errors'
import type { AgentMiddleware } from 'langchain'
import { ledgerTrouble } from '../store/ledger-unavailable.ts'
import { isSpendingUnavailable } from '../store/spending-unavailable.ts'
import type { AgentPlatform } from './agent-platform.ts'

/** A middleware that the platform adds to every agent. */
interface Layer {
  /** Name of the middleware in an agent's description. */
  readonly name: string
  /** Creates the middleware for one agent or subagent; returns undefined if the environment disables the service that the middleware needs. */
  create(platform: AgentPlatform | undefined, agent: StackedAgent): AgentMiddleware | undefined
}

/** Properties of an agent that its middleware depends on. */
export interface StackedAgent {
  /** Whether the author set the agent's model, which then answers every request. */
  readonly namesModel: boolean
  /** Whether the response cache may store the agent's answers. */
  readonly responseCache: boolean
  /** Ids of the input validation rules whose findings are allowed in the agent. */
  readonly allowedFindings: readonly string[]
  /** Decides what happens after an error that a tool throws: see `onToolError` of AgentDefinition. */
  readonly onToolError?: OnToolError
}

/**
 * The middleware that the platform adds to every agent and each of its subagents, the outermost first. The agent's own middleware follows, then
 * `innermost`, then approvals.
 */
const layers = [
  // deepagents has no planning since version 1.14.
  { name: 'todos', create: () => createTodosMiddleware() },
  // First, before a request is counted, cached or sent.
  { name: 'input-validation', create: inputValidation },
  // Inside input validation, which inspects the error text for the model; outside approvals, which record the error.
  { name: 'tool-errors', create: toolErrors },
  { name: 'budget', create: budget },
  { name: 'model-routing', create: modelRouting },
  { name: 'response-cache', create: responseCache },
  { name: 'rate-limit', create: rateLimit },
  // The middleware around this one sees one model call, including its retries.
  { name: 'model-fallback', create: modelFallback },
] as const satisfies readonly Layer[]

/** Middleware nearest to the model, inside the agent's own middleware: it changes the final request by the rules of the provider that gets it. */
const innermost = { name: 'provider-rules', create: () => createProviderRulesMiddleware() } as const satisfies Layer

/** Returns the names of an agent's middleware in order. */
export const productionStackNames = ({ responseCache }: Pick<StackedAgent, 'responseCache'>): string[] =>
  [...layers, innermost].map(({ name }) => name).filter((name) => responseCache || name !== 'response-cache')

/**
 * Creates the middleware of an agent.
 *
 * @param own the agent's own middleware
 */
export function productionStack(
  platform: AgentPlatform | undefined,
  agent: StackedAgent,
  own: readonly AgentMiddleware[] = [],
): AgentMiddleware[] {
  const outer = (layers as readonly Layer[]).flatMap((layer) => layer.create(platform, agent) ?? [])
  return [...outer, ...own, innermost.create()]
}

function inputValidation(
  platform: AgentPlatform | undefined,
  { allowedFindings: allow }: StackedAgent,
): AgentMiddleware | undefined {
  return platform?.validation && createInputValidationMiddleware({ ...platform.validation, allow })
}

function toolErrors(_platform: AgentPlatform | undefined, { onToolError }: StackedAgent): AgentMiddleware {
  const isFatal = (error: unknown): boolean => isSpendingUnavailable(error) || ledgerTrouble(error) !== undefined
  return createToolErrorsMiddleware({ isFatal, ...(onToolError ? { onToolError } : {}) })
}

/**
 * Creates the middleware that stops a model call above a budget. It does not count usage: the observer of runs does so, because it also sees calls
 * that bypass the middleware.
 */
function budget(platform: AgentPlatform | undefined): AgentMiddleware | undefined {
  return (
    platform?.budgets &&
    createTokenBudgetMiddleware({ ...platform.budgets, otherModels: platform.models?.alternatives, log: platform.log })
  )
}

function modelRouting(platform: AgentPlatform | undefined, { namesModel }: StackedAgent): AgentMiddleware | undefined {
  const routing = namesModel ? undefined : platform?.models?.routing
  return routing && createModelRoutingMiddleware(routing)
}

function modelFallback(platform: AgentPlatform | undefined): AgentMiddleware | undefined {
  return platform?.models && createModelFallbackMiddleware(platform.models.fallback)
}

function responseCache(platform: AgentPlatform | undefined, agent: StackedAgent): AgentMiddleware | undefined {
  const cache = agent.responseCache ? platform?.cache : undefined
  // The cache key contains the routed model, so the tier is redundant.
  return cache && createResponseCacheMiddleware({ ...cache, ignoreState: ['_modelTier'] })
}

function rateLimit(platform: AgentPlatform | undefined): AgentMiddleware | undefined {
  const limit = platform?.modelCalls
  if (!limit) return undefined
  const { limiter, tenant, perMinute, burst, onDecision } = limit
  const buckets = ({ runtime }: LimitedRequest) => {
    const run: unknown = runtime.configurable?.run_id
    return typeof run === 'string' ? [{ name: `run:${run}`, perMinute, burst }] : []
  }
  return createRateLimitMiddleware({ limiter, tenant, buckets, onDecision })
}
