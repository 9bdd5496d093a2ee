import type { FallbackObserver } from '@hadal/middleware/call-with-fallback'
import type { CircuitBreaker, CircuitState } from '@hadal/middleware/circuit-breaker'
import { Counter, Gauge, type Registry } from 'prom-client'

export interface ModelMetrics {
  routed(call: { readonly tier: string; readonly model: string }): void
  readonly observer: FallbackObserver
  /** Shows the state of each circuit that is asked for. */
  watched(circuits: (provider: string) => CircuitBreaker): (provider: string) => CircuitBreaker
}

const openness: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 0.5, open: 1 }

/** Call it once a process. Labels are bounded by what the environment and the agents' code name. */
export function createModelMetrics(registry: Registry): ModelMetrics {
  const registers = [registry]
  const routed = new Counter({
    name: 'llm_routed_total',
    help: 'Calls of models that were routed by complexity',
    labelNames: ['tier', 'model'],
    registers,
  })
  const failures = new Counter({
    name: 'llm_failures_total',
    help: 'Tries of models that failed',
    labelNames: ['model', 'kind'],
    registers,
  })
  const retries = new Counter({
    name: 'llm_retries_total',
    help: 'Tries of a model after one that failed',
    labelNames: ['model', 'kind'],
    registers,
  })
  const fallbacks = new Counter({
    name: 'llm_fallbacks_total',
    help: 'Calls that went on to another model',
    labelNames: ['from', 'to', 'kind'],
    registers,
  })
  const asked = new Map<string, CircuitBreaker>()
  new Gauge({
    name: 'llm_circuit_open',
    help: 'Whether calls pass a provider over, since it failed too often: 1, or 0.5 when the next call may try it',
    labelNames: ['provider'],
    registers,
    collect() {
      for (const [provider, { state }] of asked) this.set({ provider }, openness[state])
    },
  })
  return {
    routed: (call) => routed.inc({ tier: call.tier, model: call.model }),
    observer: {
      onFailure: ({ model, kind }) => failures.inc({ model: model.name, kind }),
      onRetry: ({ model, kind }) => retries.inc({ model: model.name, kind }),
      onFallback: ({ from, to, kind }) => fallbacks.inc({ from: from.name, to: to.name, kind }),
    },
    watched: (circuits) => (provider) => {
      const circuit = circuits(provider)
      asked.set(provider, circuit)
      return circuit
    },
  }
}
