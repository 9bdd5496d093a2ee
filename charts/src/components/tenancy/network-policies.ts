import type { Environment } from '@hadal/platform/environment'
import {
  agentNames,
  commonLabels,
  labels,
  type PodPart,
  ports,
  postgresNames,
  redisName,
  sandboxNames,
  sandboxPorts,
  selectorLabels,
} from '@hadal/platform/names'
import type { LabelSelector } from 'kubernetes-types/meta/v1.d.ts'
import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule } from 'kubernetes-types/networking/v1.d.ts'
import { agentDeployments } from '../../agent-deployments.ts'
import { clusterPods, poolerPods, poolersName } from '../../cloud-native-pg-pods.ts'
import type { Manifest } from '../../manifest.ts'
import { redisNodePorts } from '../../redis-operator-pods.ts'
import {
  cloudNativePgNamespace,
  fromClients,
  fromNamespace,
  fromPods,
  pods,
  redisOperatorNamespace,
  toAddresses,
  toApiServer,
  toCollector,
  toDns,
  toPods,
  toPublicHttps,
} from './openings.ts'

interface Policy {
  readonly name: string
  readonly part: PodPart
  readonly selector?: LabelSelector
  readonly ingress: NetworkPolicyIngressRule[]
  readonly egress: NetworkPolicyEgressRule[]
}

/** Everything is closed; then one policy a kind of pod says all that it may take and open. */
export function networkPolicies(environment: Environment): Manifest[] {
  const closed: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny', labels: commonLabels(environment) },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  }
  return [closed, ...policies(environment).map((policy) => toManifest(environment, policy))]
}

function toManifest(environment: Environment, { name, part, selector, ingress, egress }: Policy): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels: labels(environment, part) },
    spec: {
      podSelector: selector ?? { matchLabels: selectorLabels(part) },
      policyTypes: ['Ingress', 'Egress'],
      // The API server drops an empty list, which already means "nothing"; with one here, each sync would write the object anew.
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  }
}

function policies(environment: Environment): Policy[] {
  const { cluster, tracing } = environment
  const metrics = fromNamespace(cluster.monitoringNamespace, ports.metrics)
  const servers = agentDeployments(environment).map(
    ({ name, part, role }): Policy => ({
      name,
      part,
      ingress: [...(role === 'worker' ? [] : fromClients(environment)), metrics],
      egress: [
        toDns,
        ...toDatabase(environment),
        toRedis(environment),
        ...(reachesOut(environment, role) ? [toPublicHttps] : []),
        ...(tracing.kind === 'otlp' ? [toCollector(tracing.endpoint)] : []),
        ...(role === 'api' ? [] : toSandboxes(environment)),
      ],
    }),
  )
  const migrate: Policy = {
    name: agentNames.migrate,
    part: 'migrate',
    ingress: [],
    egress: [toDns, ...toDatabase(environment)],
  }
  return [
    ...servers,
    migrate,
    ...databasePolicies(environment),
    ...redisPolicies(environment),
    ...sandboxPolicies(environment),
  ]
}

/** An API without workers calls no model; it leaves the cluster only to check tokens or to send traces. */
function reachesOut({ access, tracing }: Environment, role: 'all' | 'api' | 'worker'): boolean {
  return role !== 'api' || access.kind === 'oidc' || tracing.kind === 'langsmith'
}

/** Claims at the API server, commands and files at the sandbox itself. */
function toSandboxes({ sandbox }: Environment): NetworkPolicyEgressRule[] {
  if (sandbox.kind === 'none') return []
  return [
    toPods(sandboxPorts.process, pods('sandbox')),
    toPods(sandboxPorts.files, pods('sandbox')),
    // The Service's port, and the API server's own.
    toAddresses(443, sandbox.apiServerAddresses),
    toAddresses(6443, sandbox.apiServerAddresses),
  ]
}

/** A sandbox opens nothing, not even a name: what an agent's commands write can leave it through the agent alone. */
function sandboxPolicies(environment: Environment): Policy[] {
  if (environment.sandbox.kind === 'none') return []
  const users = pods(...agentDeployments(environment).flatMap(({ part, role }) => (role === 'api' ? [] : [part])))
  return [
    {
      name: sandboxNames.networkPolicy,
      part: 'sandbox',
      ingress: [fromPods(sandboxPorts.process, users), fromPods(sandboxPorts.files, users)],
      egress: [],
    },
  ]
}

const databaseUsers = (environment: Environment): PodPart[] => [
  ...agentDeployments(environment).map(({ part }) => part),
  'migrate',
]

function toDatabase(environment: Environment): NetworkPolicyEgressRule[] {
  const { postgres } = environment
  switch (postgres.kind) {
    case 'external':
      return [toAddresses(postgres.port, postgres.addresses)]
    case 'standalone':
      return [toPods(ports.postgres, pods('database'))]
    case 'cnpg':
      return [toPods(ports.postgres, [{ podSelector: clusterPods }, { podSelector: poolerPods(environment) }])]
  }
}

function toRedis({ redis }: Environment): NetworkPolicyEgressRule {
  return redis.kind === 'external' ? toAddresses(redis.port, redis.addresses) : toPods(ports.redis, pods('cache'))
}

function databasePolicies(environment: Environment): Policy[] {
  const { postgres, cluster } = environment
  const users = pods(...databaseUsers(environment))
  if (postgres.kind === 'external') return []
  if (postgres.kind === 'standalone')
    return [{ name: postgresNames.cluster, part: 'database', ingress: [fromPods(ports.postgres, users)], egress: [] }]
  const instances = [{ podSelector: clusterPods }]
  const pooler = [{ podSelector: poolerPods(environment) }]
  return [
    {
      name: postgresNames.cluster,
      part: 'database',
      selector: clusterPods,
      ingress: [
        fromPods(ports.postgres, [...users, ...pooler, ...instances]),
        // Instances ask each other's managers who leads; the operator asks all of them.
        fromPods(8000, instances),
        fromNamespace(cloudNativePgNamespace, 8000, ports.postgres),
        fromNamespace(cluster.monitoringNamespace, 9187),
      ],
      egress: [toDns, toPods(ports.postgres, instances), toPods(8000, instances), toApiServer],
    },
    {
      name: poolersName,
      part: 'pooler',
      selector: poolerPods(environment),
      ingress: [fromPods(ports.postgres, users), fromNamespace(cluster.monitoringNamespace, 9127)],
      egress: [toDns, toPods(ports.postgres, instances), toApiServer],
    },
  ]
}

function redisPolicies(environment: Environment): Policy[] {
  const { cluster, redis } = environment
  if (redis.kind === 'external') return []
  const users = pods(...agentDeployments(environment).map(({ part }) => part))
  if (redis.kind === 'standalone')
    return [{ name: redisName, part: 'cache', ingress: [fromPods(ports.redis, users)], egress: [] }]
  const nodes = pods('cache')
  return [
    {
      name: redisName,
      part: 'cache',
      ingress: [
        fromPods(ports.redis, [...users, ...nodes]),
        fromPods(redisNodePorts.bus, nodes),
        // The operator asks nodes who leads, and joins them.
        fromNamespace(redisOperatorNamespace, ports.redis),
        fromNamespace(cluster.monitoringNamespace, redisNodePorts.exporter),
      ],
      egress: [toDns, toPods(ports.redis, nodes), toPods(redisNodePorts.bus, nodes)],
    },
  ]
}
