import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires the addresses of the API server if there are sandboxes: agents, which run tools of a model, may connect to no other address there. */
export function apiServerAddresses({ cluster, sandbox }: Environment): Problem[] {
  if (sandbox.kind === 'none' || cluster.apiServerAddresses) return []
  return [
    {
      path: 'cluster.apiServerAddresses',
      allowed: 'Missing. Agents with sandboxes create claims at the Kubernetes API server.',
      remedy: 'Add its addresses, e.g. ["10.0.0.1/32"]. `kubectl get endpoints kubernetes` shows them.',
    },
  ]
}
