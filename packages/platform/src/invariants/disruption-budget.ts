import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** A budget that lets no pod go at the minimum stops every node from being drained: an upgrade of the cluster hangs. */
export function disruptionBudget({ agent }: Environment): Problem[] {
  return agentWorkloads(agent)
    .filter(({ workload, pods }) => workload.minAvailable >= pods.min)
    .map(({ path, workload, pods }) => ({
      path: `${path}.minAvailable`,
      value: workload.minAvailable,
      allowed: `Allowed is less than the fewest pods, ${pods.min}: else no node that bears one can be drained.`,
      remedy: `Lower it to ${pods.min - 1}, or have more pods.`,
    }))
}
