import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/**
 * Requires a PodDisruptionBudget that allows at least one eviction, and that keeps a pod if there are several. Without an allowed eviction
 * no node can be drained and a cluster upgrade hangs; without a budget, an upgrade may evict all pods at once.
 */
export function disruptionBudget({ agent }: Environment): Problem[] {
  const unguarded = agentWorkloads(agent)
    .filter(({ workload, pods }) => workload.minAvailable === 0 && pods.min > 1)
    .map(({ path, pods }) => ({
      path: `${path}.minAvailable`,
      value: 0,
      allowed: `Must be at least 1 with ${pods.min} pods. With 0, draining a node may evict all of them.`,
      remedy: 'Remove it: 1 is the default.',
    }))
  const stuck = agentWorkloads(agent)
    .filter(({ workload, pods }) => workload.minAvailable >= pods.min)
    .map(({ path, workload, pods }) => ({
      path: `${path}.minAvailable`,
      value: workload.minAvailable,
      allowed: `Must be less than the minimum number of pods (${pods.min}). Otherwise a node with one of these pods can not be drained.`,
      remedy: `Lower it to ${pods.min - 1}, or raise the minimum number of pods.`,
    }))
  return [...unguarded, ...stuck]
}
