import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const least = 2

/** Requires at least two instances of each part of a protected environment. A single pod is an outage at every drain of its node. */
export function protectedInstances(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const { agent, postgres } = environment
  // Autoscalers are not checked: the schema requires a minimum of two pods.
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
      allowed: `A protected environment must have at least ${least}, so that it survives the loss of one.`,
      remedy: `Raise it to ${least} or more.`,
    }))
}
