import type { Environment } from '@hadal/platform/environment'
import { labels, selectorLabels } from '@hadal/platform/names'
import type { AgentDeployment } from '../../agent-deployments.ts'
import type { Manifest } from '../../manifest.ts'

/** How many pods a drained node must leave. A budget of none says nothing, so there is no object for it. */
export function disruptionBudget(environment: Environment, { name, part, workload }: AgentDeployment): Manifest[] {
  if (workload.minAvailable === 0) return []
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, labels: labels(environment, part) },
      spec: {
        minAvailable: workload.minAvailable,
        selector: { matchLabels: selectorLabels(part) },
        // Pods that never become ready must not keep a node from being drained.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ]
}
