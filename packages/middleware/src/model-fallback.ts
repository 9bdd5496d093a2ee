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
  /** Models that are called in this order if the request's own model fails. A model that does not support the request is skipped. */
  readonly fallbacks?: readonly BaseChatModel[]
  readonly bounds?: RetryBounds
  /** Returns the circuit breaker of a provider, to share it among all agents of a process. Default: circuit breakers of this middleware alone. */
  readonly circuits?: (provider: string) => CircuitBreaker
  readonly observer?: FallbackObserver
  /** Capabilities of models that LangChain's packages don't describe, by `<provider>:<model id>`. */
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

/** Creates a function that returns the circuit breaker of a provider. The circuit breaker is created at its first use. */
export function createProviderCircuits(make: () => CircuitBreaker = () => new CircuitBreaker()) {
  const circuits = new Map<string, CircuitBreaker>()
  return (provider: string): CircuitBreaker => {
    const circuit = circuits.get(provider) ?? make()
    circuits.set(provider, circuit)
    return circuit
  }
}

/** Whether two models are the same: the same object or the same id. A name without an id does not identify a model. */
const isSame = (
  one: { readonly model: object; readonly identity: ModelIdentity },
  other: { readonly model: object; readonly identity: ModelIdentity },
): boolean =>
  one.model === other.model || (one.identity.name.includes(':') && one.identity.name === other.identity.name)

/**
 * Middleware that retries a failed model call if a retry can help, and then calls the fallbacks. Each provider has a circuit breaker. The model's
 * own retries are off, so that the two do not multiply. An answer that calls a tool with invalid JSON counts as a failure.
 *
 * Put it nearest to the model, so that outer middleware sees one call, however many tries it needs.
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
