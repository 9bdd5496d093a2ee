import type { FallbackObserver } from '@hadal/middleware/call-with-fallback'
import type { CircuitBreaker, CircuitState } from '@hadal/middleware/circuit-breaker'
import { Counter, Gauge, type Registry } from 'prom-client'

export interface ModelMetrics {
  routed(call: { readonly tier: string; readonly model: string }): void
  readonly observer: FallbackObserver
  /** Returns the same function from providers to circuit breakers. The state of each circuit breaker that it returns is exported as a metric. */
  watched(circuits: (provider: string) => CircuitBreaker): (provider: string) => CircuitBreaker
}

const openness: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 0.5, open: 1 }

/** Registers the metrics of models; call it once per process. The environment and the agents' code bound the label values. */
export function createModelMetrics(registry: Registry): ModelMetrics {
  const registers = [registry]
  const routed = new Counter({
    name: 'llm_routed_total',
    help: 'Number of model calls that were routed by complexity',
    labelNames: ['tier', 'model'],
    registers,
  })
  const failures = new Counter({
    name: 'llm_failures_total',
    help: 'Number of failed tries of model calls',
    labelNames: ['model', 'kind'],
    registers,
  })
  const retries = new Counter({
    name: 'llm_retries_total',
    help: 'Number of retries of model calls',
    labelNames: ['model', 'kind'],
    registers,
  })
  const fallbacks = new Counter({
    name: 'llm_fallbacks_total',
    help: 'Number of model calls that continued with a fallback',
    labelNames: ['from', 'to', 'kind'],
    registers,
  })
  const asked = new Map<string, CircuitBreaker>()
  new Gauge({
    name: 'llm_circuit_open',
    help: 'State of the circuit breaker of a provider: 0 closed, 0.5 half-open, 1 open (no request is sent)',
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
