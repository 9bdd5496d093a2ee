import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const least = 2

/** One pod is an outage whenever its node goes, and a node goes with every upgrade of the cluster. */
export function protectedInstances(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const { agent, postgres } = environment
  // An autoscaler never goes below two.
  const counts: [path: string, value: number][] = agentWorkloads(agent).flatMap(({ path, workload }) =>
    workload.autoscaling.kind === 'none'
      ? [[`${path}.autoscaling.replicas`, workload.autoscaling.replicas] satisfies [string, number]]
      : [],
  )
  if (postgres.kind === 'cnpg')
    counts.push(['postgres.instances', postgres.instances], ['postgres.pooler.instances', postgres.pooler.instances])
  return counts
    .filter(([, value]) => value < least)
    .map(([path, value]) => ({
      path,
      value,
      allowed: `A protected environment has at least ${least}, so that one may go.`,
      remedy: `Raise it to ${least} or more.`,
    }))
}
