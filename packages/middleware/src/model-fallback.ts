import { setTimeout as pause } from 'node:timers/promises'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { type AgentMiddleware, type AIMessage, createMiddleware } from 'langchain'
import { callWithFallback, type FallbackClock, type FallbackObserver, type RetryBounds } from './call-with-fallback.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { malformedToolCalls } from './malformed-tool-calls.ts'
import { messagesFor } from './messages-for.ts'
import { canServe, capabilitiesOf, type ModelCapabilities, modelNeeds } from './model-capabilities.ts'
import { type ModelIdentity, modelIdentity } from './model-identity.ts'

export interface ModelFallbackOptions {
  /** Asked in this order when the request's own model doesn't answer. One that can't take the request is left out. */
  readonly fallbacks?: readonly BaseChatModel[]
  readonly bounds?: RetryBounds
  /** The circuit of each provider, by its name: one for all agents of a process. Absent: one for this middleware. */
  readonly circuits?: (provider: string) => CircuitBreaker
  readonly observer?: FallbackObserver
  /** What models can that LangChain's packages don't describe, by `<provider>:<model id>`. */
  readonly capabilities?: Readonly<Record<string, ModelCapabilities>>
  readonly clock?: FallbackClock
}

const standard: Required<RetryBounds> = { tries: 3, firstWaitMs: 500, mostWaitMs: 30_000, withinMs: 300_000 }

const realClock: FallbackClock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, { signal })
  },
  random: () => Math.random(),
}

/** One circuit for each provider, made when it is first asked for. */
export function createProviderCircuits(make: () => CircuitBreaker = () => new CircuitBreaker()) {
  const circuits = new Map<string, CircuitBreaker>()
  return (provider: string): CircuitBreaker => {
    const circuit = circuits.get(provider) ?? make()
    circuits.set(provider, circuit)
    return circuit
  }
}

/** Two models without an id may share a name. */
const isSame = (
  one: { readonly model: object; readonly identity: ModelIdentity },
  other: { readonly model: object; readonly identity: ModelIdentity },
): boolean =>
  one.model === other.model || (one.identity.name.includes(':') && one.identity.name === other.identity.name)

/**
 * Tries a call of a model again where that may help, then the fallbacks, each provider behind a circuit breaker. The model's own retries
 * are off meanwhile, so that the two don't multiply. An answer that calls a tool with broken JSON counts as none.
 *
 * Put it nearest to the model: what stands around it sees one call, however many it took.
 */
export function createModelFallbackMiddleware({
  fallbacks = [],
  bounds,
  circuits = createProviderCircuits(),
  observer = {},
  capabilities = {},
  clock = realClock,
}: ModelFallbackOptions = {}): AgentMiddleware {
  const others = fallbacks.map((model) => ({ model, identity: modelIdentity(model) }))
  return createMiddleware({
    name: 'ModelFallback',
    wrapModelCall: (request, handler) => {
      const first = { model: request.model, identity: modelIdentity(request.model) }
      const needs = modelNeeds([request.systemMessage, ...request.messages], request.tools)
      const able = others.filter(
        ({ model, identity }) =>
          !isSame(first, { model, identity }) && canServe(capabilitiesOf(model, identity.name, capabilities), needs),
      )
      return callWithFallback<{ model: typeof request.model; identity: ModelIdentity }, AIMessage>({
        candidates: [first, ...able],
        ask: async ({ model, identity: { provider } }) =>
          handler({
            ...request,
            model,
            messages: messagesFor(provider, request.messages),
            modelSettings: { ...request.modelSettings, maxRetries: 0 },
          }),
        faults: malformedToolCalls,
        circuitOf: circuits,
        signal: request.runtime.signal,
        bounds: { ...standard, ...bounds },
        clock,
        observer,
      })
    },
  })
}
