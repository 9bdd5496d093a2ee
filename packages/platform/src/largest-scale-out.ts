import { agentWorkloads } from './agent-workloads.ts'
import { databaseClusters } from './database-clusters.ts'
import type { Environment } from './environment.ts'
import {
  acmeSolverResources,
  backupSidecarResources,
  jobResources,
  poolerResources,
  recoveryResources,
  redisExporterResources,
  scratchDatabaseResources,
} from './fixed-resources.ts'
import type { PodPart } from './names.ts'
import { cpuMillis, memoryBytes } from './quantity.ts'
import type { Resources } from './schema/scalars.ts'

/** A kind of pods, and the maximum number of these pods that exist at the same time. */
export interface PodCount {
  readonly part: PodPart
  readonly pods: number
  /** Resources of each container and native sidecar of one pod of this kind. Init containers that end are not listed. */
  readonly containers: readonly Resources[]
}

/** Amount of CPU in thousandths of a core, and of memory in bytes. */
export interface Amount {
  readonly cpuMillis: number
  readonly memoryBytes: number
}

/** Maximum use of an environment's namespace: its pods and the sums of their requests and limits. */
export interface ScaleOut {
  readonly parts: readonly PodCount[]
  readonly pods: number
  readonly requests: Amount
  readonly limits: Amount
}

/**
 * Maximum number of pods during a rollout of an agent Deployment: all old and all new ones, because a drain takes minutes and a start
 * seconds. A draining pod counts against the quota and keeps its connections.
 */
const whileRolling = (pods: number): number => 2 * pods

/** Maximum number of pods during a rollout of one Pooler. The operator's Deployment has the default maxSurge of 25 %, rounded up. */
const poolersWhileRolling = (instances: number): number => instances + Math.ceil(instances / 4)

function databasePods({ postgres, backup }: Environment): PodCount[] {
  if (postgres.kind === 'external') return []
  if (postgres.kind === 'standalone') return [{ part: 'database', pods: 1, containers: [postgres.resources] }]
  // The operator replaces instances one by one and in place. The Job that initialises a new instance ends before the instance starts.
  const containers = backup.kind === 's3' ? [postgres.resources, backupSidecarResources] : [postgres.resources]
  // During a recovery there are two Clusters.
  const clusters = databaseClusters({ postgres }).length
  // One Pooler in front of the primary, and one in front of the replicas.
  const poolers = clusters * (postgres.instances > 1 ? 2 : 1)
  return [
    { part: 'database', pods: clusters * postgres.instances, containers },
    { part: 'pooler', pods: poolers * poolersWhileRolling(postgres.pooler.instances), containers: [poolerResources] },
  ]
}

function cachePods({ redis }: Environment): PodCount[] {
  if (redis.kind === 'external') return []
  if (redis.kind === 'standalone') return [{ part: 'cache', pods: 1, containers: [redis.resources] }]
  const pods = redis.masters * (1 + redis.replicasPerMaster)
  return [{ part: 'cache', pods, containers: [redis.resources, redisExporterResources] }]
}

/** Maximum number of sandbox pods: sandboxes in use plus warm ones. A thread's old sandbox is removed before the thread gets another. */
function sandboxPods({ sandbox }: Environment): PodCount[] {
  if (sandbox.kind === 'none') return []
  return [{ part: 'sandbox', pods: sandbox.max + sandbox.warm, containers: [sandbox.resources] }]
}

/** Pods of the CronJobs of backups and restore drills. A schedule that is due while one runs is skipped. */
function recoveryPods({ backup }: Environment): PodCount[] {
  if (backup.kind === 'none') return []
  return [
    { part: 'backup', pods: 1, containers: [recoveryResources] },
    { part: 'drill', pods: 1, containers: [recoveryResources, scratchDatabaseResources] },
  ]
}

/** Number of pods that answer ACME challenges: one, because the certificate has one host. An issuer of another kind, such as a CA, needs none. */
function acmeSolverPods(environment: Environment): PodCount[] {
  if (!mayNeedAcmeSolver(environment)) return []
  return [{ part: 'acmeSolver', pods: 1, containers: [acmeSolverResources] }]
}

/**
 * Whether cert-manager may have to answer an ACME challenge in the environment's namespace. The kind of an issuer is known only in the cluster.
 * The certificate of a Gateway is issued in the Gateway's namespace.
 */
export const mayNeedAcmeSolver = ({ exposure }: Pick<Environment, 'exposure'>): boolean =>
  exposure.kind === 'ingress' && exposure.tls

function total(parts: readonly PodCount[], of: 'requests' | 'limits'): Amount {
  const containers = parts.flatMap(({ pods, containers }) =>
    containers.map((container) => ({ pods, ...container[of] })),
  )
  return {
    cpuMillis: containers.reduce((all, { pods, cpu }) => all + pods * cpuMillis(cpu), 0),
    memoryBytes: containers.reduce((all, { pods, memory }) => all + pods * memoryBytes(memory), 0),
  }
}

/** Computes the maximum use of an environment's namespace: every workload at its maximum and in a rollout, while the migration, a backup and a restore drill run. */
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
    ...recoveryPods(environment),
    ...databasePods(environment),
    ...cachePods(environment),
    ...sandboxPods(environment),
    ...acmeSolverPods(environment),
  ]
  return {
    parts,
    pods: parts.reduce((all, { pods }) => all + pods, 0),
    requests: total(parts, 'requests'),
    limits: total(parts, 'limits'),
  }
}
