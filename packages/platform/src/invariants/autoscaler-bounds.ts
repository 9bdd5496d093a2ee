import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires min ≤ max of every autoscaler. Kubernetes rejects other bounds too, but only when Argo CD syncs them. */
export function autoscalerBounds({ agent }: Environment): Problem[] {
  return agentWorkloads(agent)
    .filter(({ pods }) => pods.min > pods.max)
    .map(({ path, pods }) => ({
      path: `${path}.autoscaling.min`,
      value: pods.min,
      allowed: `Must be at most ${path}.autoscaling.max (${pods.max}).`,
      remedy: 'Lower it, or raise max.',
    }))
}
