import type { Access } from '@hadal/platform/access'
import { Counter, type Registry } from 'prom-client'
import { type SignInOutcome, signInOutcomes } from './sign-in-refused.ts'

/** Registers the counter of sign-ins. @returns function that counts one */
export function createSignInMetrics(registry: Registry, kind: Access['kind']): (outcome: SignInOutcome) => void {
  const counter = new Counter({
    name: 'sign_ins_total',
    help: 'Number of requests by the kind of sign-in and its outcome',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const outcome of signInOutcomes) counter.inc({ kind, outcome }, 0)
  return (outcome) => counter.inc({ kind, outcome })
}
