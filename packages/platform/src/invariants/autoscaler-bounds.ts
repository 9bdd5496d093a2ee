import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Kubernetes refuses an autoscaler whose bounds are crossed, but only when it is synced. */
export function autoscalerBounds({ agent }: Environment): Problem[] {
  return agentWorkloads(agent)
    .filter(({ pods }) => pods.min > pods.max)
    .map(({ path, pods }) => ({
      path: `${path}.autoscaling.min`,
      value: pods.min,
      allowed: `Allowed is at most ${path}.autoscaling.max (${pods.max}).`,
      remedy: 'Lower it, or raise max.',
    }))
}
