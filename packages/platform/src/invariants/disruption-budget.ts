import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * A budget that lets no pod go at the minimum stops every node from being drained: an upgrade of the cluster hangs. Without one, where there
 * are several, it takes all of them at once.
 */
export function disruptionBudget({ agent }: Environment): Problem[] {
  const unguarded = agentWorkloads(agent)
    .filter(({ workload, pods }) => workload.minAvailable === 0 && pods.min > 1)
    .map(({ path, pods }) => ({
      path: `${path}.minAvailable`,
      value: 0,
      allowed: `Allowed is at least 1 where there are ${pods.min} pods: else a drained node may take the last.`,
      remedy: 'Remove it: 1 is the default.',
    }))
  const stuck = agentWorkloads(agent)
    .filter(({ workload, pods }) => workload.minAvailable >= pods.min)
    .map(({ path, workload, pods }) => ({
      path: `${path}.minAvailable`,
      value: workload.minAvailable,
      allowed: `Allowed is less than the fewest pods, ${pods.min}: else no node that bears one can be drained.`,
      remedy: `Lower it to ${pods.min - 1}, or have more pods.`,
    }))
  return [...unguarded, ...stuck]
}
