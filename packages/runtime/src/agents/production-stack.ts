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

/** One middleware of the platform. */
interface Layer {
  /** As it stands in an agent's description. */
  readonly name: string
  /** Undefined where the platform has no part for it. Called once for an agent and once for each of its subagents. */
  create(platform: AgentPlatform | undefined, agent: StackedAgent): AgentMiddleware | undefined
}

/** What a layer may know of the agent around which it stands. */
export interface StackedAgent {
  /** Whether its author named its model, which then answers every request. */
  readonly namesModel: boolean
  /** Whether its answers may be kept. */
  readonly responseCache: boolean
  /** Rules of input validation whose findings are let through. */
  readonly allowedFindings: readonly string[]
  /** Decides about an error that a tool throws; see AgentDefinition. */
  readonly onToolError?: OnToolError
}

/**
 * The middleware that the platform adds to every agent and to each of its subagents, the outermost first: what stands further down is nearer
 * to the model. An agent's own middleware comes after all of it, then the innermost, and approvals last.
 */
const layers = [
  // deepagents brings planning no more (since 1.14).
  { name: 'todos', create: () => createTodosMiddleware() },
  // Before anything is counted, cached or sent.
  { name: 'input-validation', create: inputValidation },
  // Inside of input validation, which reads what an error tells the model; outside of approvals, which record the error.
  { name: 'tool-errors', create: toolErrors },
  { name: 'budget', create: budget },
  { name: 'model-routing', create: modelRouting },
  { name: 'response-cache', create: responseCache },
  { name: 'rate-limit', create: rateLimit },
  // What is around it sees one call of a model, however many tries it took.
  { name: 'model-fallback', create: modelFallback },
] as const satisfies readonly Layer[]

/** Nearest to the model, inside of the agent's own middleware: it acts on what is really sent, by the rules of the provider that is asked. */
const innermost = { name: 'provider-rules', create: () => createProviderRulesMiddleware() } as const satisfies Layer

/** The names of what an agent gets, in order. */
export const productionStackNames = ({ responseCache }: Pick<StackedAgent, 'responseCache'>): string[] =>
  [...layers, innermost].map(({ name }) => name).filter((name) => responseCache || name !== 'response-cache')

/** @param own the agent's own middleware */
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

/** What is used is counted by the runs' observer, which sees more calls than a middleware; this only stops. */
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
  // The tier stands in the model that was chosen by it.
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
