import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const least = 2

/** One pod is an outage whenever its node goes, and a node goes with every upgrade of the cluster. */
export function protectedInstances(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const { agent, postgres } = environment
  const counts: [path: string, value: number][] = agentWorkloads(agent).map(({ path, workload, pods }) => [
    `${path}.autoscaling.${workload.autoscaling.kind === 'none' ? 'replicas' : 'min'}`,
    pods.min,
  ])
  if (postgres.kind === 'cnpg')
    counts.push(['postgres.instances', postgres.instances], ['postgres.pooler.instances', postgres.pooler.instances])
  const tooFew = counts
    .filter(([, value]) => value < least)
    .map(([path, value]) => ({
      path,
      value,
      allowed: `A protected environment has at least ${least}, so that one may go.`,
      remedy: `Raise it to ${least} or more.`,
    }))
  const unguarded = agentWorkloads(agent)
    .filter(({ workload }) => workload.minAvailable < 1)
    .map(({ path, workload }) => ({
      path: `${path}.minAvailable`,
      value: workload.minAvailable,
      allowed: 'A protected environment keeps at least 1 through a disruption.',
      remedy: 'Remove it: 1 is the default.',
    }))
  return [...tooFew, ...unguarded]
}
