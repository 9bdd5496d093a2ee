import { agentWorkloads } from './agent-workloads.ts'
import type { Environment } from './environment.ts'
import { backupSidecarResources, jobResources, poolerResources, redisExporterResources } from './fixed-resources.ts'
import type { PodPart } from './names.ts'
import { cpuMillis, memoryBytes } from './quantity.ts'
import type { Resources } from './schema/scalars.ts'

/** The pods of one kind that can be there at the same time. */
export interface PodCount {
  readonly part: PodPart
  readonly pods: number
  /** Of each container of one of them. */
  readonly containers: readonly Resources[]
}

/** CPU in thousandths of a core, memory in bytes. */
export interface Amount {
  readonly cpuMillis: number
  readonly memoryBytes: number
}

/** All that an environment can take at once. */
export interface ScaleOut {
  readonly parts: readonly PodCount[]
  readonly pods: number
  readonly requests: Amount
  readonly limits: Amount
}

/**
 * A rollout of an agent Deployment at its full size, one new pod after another, while the old ones drain: a drain takes minutes and a start
 * seconds, so at its end all of both are there. Kubernetes counts a draining pod against the quota, and it keeps its connections.
 */
const whileRolling = (pods: number): number => 2 * pods

/** Pods of one Pooler: the operator's Deployment of it rolls as Kubernetes' default says, a quarter more, rounded up. */
const poolersWhileRolling = (instances: number): number => instances + Math.ceil(instances / 4)

function databasePods({ postgres, backup }: Environment): PodCount[] {
  if (postgres.kind === 'external') return []
  if (postgres.kind === 'standalone') return [{ part: 'database', pods: 1, containers: [postgres.resources] }]
  // The operator replaces instances one by one and in place; the Job that fills a new one has gone before it starts.
  const containers = backup.kind === 's3' ? [postgres.resources, backupSidecarResources] : [postgres.resources]
  // One Pooler in front of the primary, and one in front of the replicas.
  const poolers = postgres.instances > 1 ? 2 : 1
  return [
    { part: 'database', pods: postgres.instances, containers },
    { part: 'pooler', pods: poolers * poolersWhileRolling(postgres.pooler.instances), containers: [poolerResources] },
  ]
}

function cachePods({ redis }: Environment): PodCount[] {
  if (redis.kind === 'external') return []
  if (redis.kind === 'standalone') return [{ part: 'cache', pods: 1, containers: [redis.resources] }]
  const pods = redis.masters * (1 + redis.replicasPerMaster)
  return [{ part: 'cache', pods, containers: [redis.resources, redisExporterResources] }]
}

/** Those in use and those that wait; an old one has gone before its thread gets another. */
function sandboxPods({ sandbox }: Environment): PodCount[] {
  if (sandbox.kind === 'none') return []
  return [{ part: 'sandbox', pods: sandbox.max + sandbox.warm, containers: [sandbox.resources] }]
}

function total(parts: readonly PodCount[], of: 'requests' | 'limits'): Amount {
  const containers = parts.flatMap(({ pods, containers }) =>
    containers.map((container) => ({ pods, ...container[of] })),
  )
  return {
    cpuMillis: containers.reduce((all, { pods, cpu }) => all + pods * cpuMillis(cpu), 0),
    memoryBytes: containers.reduce((all, { pods, memory }) => all + pods * memoryBytes(memory), 0),
  }
}

/** Every pod that the environment's namespace can hold at once: all scaled out, rolling, while the migration runs. */
export function largestScaleOut(environment: Environment): ScaleOut {
  const parts: PodCount[] = [
    ...agentWorkloads(environment.agent).map(
      ({ part, workload, pods }): PodCount => ({
        part,
        pods: whileRolling(pods.max),
        containers: [workload.resources],
      }),
    ),
    { part: 'migrate', pods: 1, containers: [jobResources] },
    ...databasePods(environment),
    ...cachePods(environment),
    ...sandboxPods(environment),
  ]
  return {
    parts,
    pods: parts.reduce((all, { pods }) => all + pods, 0),
    requests: total(parts, 'requests'),
    limits: total(parts, 'limits'),
  }
}
