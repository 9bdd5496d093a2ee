import { type DatabaseCluster, databaseClusters, isRecovered, servingCluster } from '@hadal/platform/database-clusters'
import { type Endpoint, endpointsOf } from '@hadal/platform/endpoints'
import type { Environment } from '@hadal/platform/environment'
import { mayNeedAcmeSolver } from '@hadal/platform/largest-scale-out'
import {
  acmeSolver,
  agentNames,
  type PodPart,
  ports,
  postgresNames,
  redisName,
  sandboxNames,
  sandboxPorts,
  selectorLabels,
} from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { agentDeployments } from '../../agent-deployments.ts'
import { clusterPods, poolerPods, poolersName } from '../../cloud-native-pg-pods.ts'
import type { EnvironmentProps } from '../../environment-props.ts'
import { redisNodePorts } from '../../redis-operator-pods.ts'
import {
  fromClients,
  fromNamespace,
  fromPods,
  pods,
  toAddresses,
  toApiServer,
  toDestination,
  toDns,
  toPods,
  toPublicHttps,
  toUrl,
} from './openings.ts'

interface Policy {
  readonly name: string
  readonly part: PodPart
  readonly selector?: k8s.LabelSelector
  readonly ingress: k8s.NetworkPolicyIngressRule[]
  readonly egress: k8s.NetworkPolicyEgressRule[]
}

/** Creates a NetworkPolicy that denies all traffic, and one per kind of pod that allows all connections that its pods may accept and open. */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    })
    for (const { name, part, selector, ingress, egress } of policies(environment))
      new k8s.KubeNetworkPolicy(this, name, {
        metadata: { name, labels: selectorLabels(part) },
        spec: {
          podSelector: selector ?? { matchLabels: selectorLabels(part) },
          policyTypes: ['Ingress', 'Egress'],
          // The API server drops empty lists: with one here, every sync would write the object again.
          ingress: ingress.length > 0 ? ingress : undefined,
          egress: egress.length > 0 ? egress : undefined,
        },
      })
  }
}

function policies(environment: Environment): Policy[] {
  const { cluster } = environment
  const metrics = fromNamespace(cluster.monitoringNamespace, ports.metrics)
  const servers = agentDeployments(environment).map(
    ({ name, part, role }): Policy => ({
      name,
      part,
      ingress: [...(role === 'worker' ? [] : fromClients(environment)), metrics],
      egress: [
        ...toDns(environment),
        ...toDatabase(environment),
        toRedis(environment),
        ...(reachesOut(environment, role) || backupsArePublic(environment) ? [toPublicHttps] : []),
        ...toEndpoints(environment, 'servers'),
        // Servers append to the log of deletions.
        ...toStorage(environment),
        ...(role === 'worker' ? [] : toEndpoints(environment, 'api')),
        ...(role === 'api' ? toSignInDestinations(environment) : toAgentDestinations(environment)),
      ],
    }),
  )
  const migrate: Policy = {
    name: agentNames.migrate,
    part: 'migrate',
    ingress: [],
    egress: [
      ...toDns(environment),
      ...toDatabase(environment),
      // The migration of a recovered database reads the log of deletions.
      ...(isRecovered(environment) ? toStorage(environment) : []),
      ...(isRecovered(environment) && backupsArePublic(environment) ? [toPublicHttps] : []),
    ],
  }
  return [
    ...servers,
    migrate,
    ...recoveryPolicies(environment),
    ...databasePolicies(environment),
    ...redisPolicies(environment),
    ...sandboxPolicies(environment),
    ...acmeSolverPolicies(environment),
  ]
}

/**
 * Whether servers of a role connect to public addresses. A server with the role `api` makes no model calls: it only sends traces, reads the keys of an
 * OpenID Connect issuer, and runs the author's own sign-in.
 */
function reachesOut({ access, tracing }: Environment, role: 'all' | 'api' | 'worker'): boolean {
  if (role !== 'api' || tracing.kind === 'langsmith' || access.kind === 'custom') return true
  return access.kind === 'oidc' && access.destination === undefined
}

/** Network rules for agents with sandboxes: claims at the API server, commands and files at the sandboxes. */
function toSandboxes(environment: Environment): k8s.NetworkPolicyEgressRule[] {
  if (environment.sandbox.kind === 'none') return []
  return [
    toPods(sandboxPorts.process, pods('sandbox')),
    toPods(sandboxPorts.files, pods('sandbox')),
    ...toApiServer(environment),
  ]
}

/** Network rules for the URLs of the configuration that the opening for public addresses at port 443 does not include. */
const toEndpoints = (environment: Environment, users: Endpoint['users']): k8s.NetworkPolicyEgressRule[] =>
  endpointsOf(environment).flatMap((endpoint) => {
    if (endpoint.users !== users) return []
    if (endpoint.destination) return [toDestination(endpoint.destination)]
    return endpoint.followsUrl ? [toUrl(endpoint.url)] : []
  })

/** Network rules for an API without agents: the author's own sign-in may use the environment's openings. */
const toSignInDestinations = ({ access, egress }: Environment): k8s.NetworkPolicyEgressRule[] =>
  access.kind === 'custom' ? Object.values(egress).map(toDestination) : []

/** Network rules for pods that run agents: their sandboxes, the model providers' endpoints, and the environment's own openings. */
const toAgentDestinations = (environment: Environment): k8s.NetworkPolicyEgressRule[] => [
  ...toSandboxes(environment),
  ...toEndpoints(environment, 'agents'),
  ...toWorkloadIdentity(environment),
  ...Object.values(environment.egress).map(toDestination),
]

/**
 * Network rule for the node's endpoint of EKS Pod Identity, which gives pods the credentials of their ServiceAccount. EKS' other way, IAM roles for
 * service accounts, uses public addresses.
 */
const toPodIdentity = toAddresses(80, ['169.254.170.23/32'])

/**
 * Network rules for the node's endpoint that gives agents' pods the credentials of their ServiceAccount: EKS Pod Identity, and the metadata server of
 * GKE, which answers on another address and port for older data planes.
 */
function toWorkloadIdentity({ models }: Environment): k8s.NetworkPolicyEgressRule[] {
  const { bedrock, 'google-vertexai': vertex } = models.providers
  return [
    ...(bedrock?.credentials === 'workload-identity' ? [toPodIdentity] : []),
    ...(vertex?.credentials === 'workload-identity'
      ? [toAddresses(80, ['169.254.169.254/32']), toAddresses(988, ['169.254.169.252/32'])]
      : []),
  ]
}

/** The policy of sandboxes: they open no connection, not even to DNS, so only the agent can read what a command wrote. */
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

/** The policy of the pod with which cert-manager answers an ACME challenge: the Ingress' proxies forward the challenge's request to it. */
function acmeSolverPolicies(environment: Environment): Policy[] {
  if (!mayNeedAcmeSolver(environment)) return []
  return [
    {
      name: acmeSolver.name,
      part: 'acmeSolver',
      selector: { matchLabels: acmeSolver.labels },
      ingress: fromClients(environment, acmeSolver.port),
      egress: [],
    },
  ]
}

const databaseUsers = (environment: Environment): PodPart[] => [
  ...agentDeployments(environment).map(({ part }) => part),
  'migrate',
  ...(environment.backup.kind === 'none' ? [] : (['backup', 'drill'] as const)),
]

function toDatabase(environment: Environment): k8s.NetworkPolicyEgressRule[] {
  const { postgres } = environment
  switch (postgres.kind) {
    case 'external':
      return [toAddresses(postgres.port, postgres.addresses)]
    case 'standalone':
      return [toPods(ports.postgres, pods('database'))]
    case 'cnpg': {
      const cluster = servingCluster(environment)
      const peers = [clusterPods(cluster), poolerPods(environment, cluster)].map((podSelector) => ({ podSelector }))
      return [toPods(ports.postgres, peers)]
    }
  }
}

function toRedis({ redis }: Environment): k8s.NetworkPolicyEgressRule {
  return redis.kind === 'external' ? toAddresses(redis.port, redis.addresses) : toPods(ports.redis, pods('cache'))
}

function databasePolicies(environment: Environment): Policy[] {
  const { postgres } = environment
  const users = pods(...databaseUsers(environment))
  if (postgres.kind === 'external') return []
  if (postgres.kind === 'standalone')
    return [{ name: postgresNames.cluster, part: 'database', ingress: [fromPods(ports.postgres, users)], egress: [] }]
  return databaseClusters(environment).flatMap((cluster) => clusterPolicies(environment, cluster))
}

/**
 * Policies of one Cluster of CloudNativePG and of its poolers. During a recovery there are two Clusters: the servers reach only the one that serves, so
 * that no change is written to the other one, and the Clusters do not reach each other.
 */
function clusterPolicies(environment: Environment, { name, serves }: DatabaseCluster): Policy[] {
  const { cluster } = environment
  const users = serves ? pods(...databaseUsers(environment)) : []
  const instances = [{ podSelector: clusterPods(name) }]
  const pooler = [{ podSelector: poolerPods(environment, name) }]
  return [
    {
      name,
      part: 'database',
      selector: clusterPods(name),
      ingress: [
        fromPods(ports.postgres, [...users, ...pooler, ...instances]),
        // Database instances ask each other which one is the primary. CloudNativePG asks all of them.
        fromPods(8000, instances),
        fromNamespace(cluster.operatorNamespaces.cloudNativePg, 8000, ports.postgres),
        fromNamespace(cluster.monitoringNamespace, 9187),
      ],
      egress: [
        ...toDns(environment),
        toPods(ports.postgres, instances),
        toPods(8000, instances),
        ...toApiServer(environment),
        ...toBackups(environment),
      ],
    },
    {
      name: poolersName(name),
      part: 'pooler',
      selector: poolerPods(environment, name),
      ingress: [...(serves ? [fromPods(ports.postgres, users)] : []), fromNamespace(cluster.monitoringNamespace, 9127)],
      egress: [...toDns(environment), toPods(ports.postgres, instances), ...toApiServer(environment)],
    },
  ]
}

/**
 * Network rules of the database's pods for the storage of backups. A workload identity is also exchanged for credentials, at a public address or at the node's endpoint.
 * Without addresses of the API server, the rule for it already includes public addresses.
 */
function toBackups(environment: Environment): k8s.NetworkPolicyEgressRule[] {
  const [storage, isPublic] = [toStorage(environment), backupsArePublic(environment)]
  return [...storage, ...(isPublic && environment.cluster.apiServerAddresses ? [toPublicHttps] : [])]
}

/** Network rules for the storage of backups, besides that for public addresses. */
const toStorage = (environment: Environment): k8s.NetworkPolicyEgressRule[] => [
  ...toEndpoints(environment, 'backups'),
  ...(backupsHaveIdentity(environment) ? [toPodIdentity] : []),
]

const backupsHaveIdentity = ({ backup }: Environment): boolean =>
  backup.kind === 's3' && backup.credentials === 'workload-identity'

/** Whether the storage of backups is at a public address, or the service that exchanges a workload identity for credentials. */
const backupsArePublic = (environment: Environment): boolean =>
  environment.backup.kind === 's3' &&
  (toEndpoints(environment, 'backups').length === 0 || backupsHaveIdentity(environment))

/** The policies of backups and restore drills: they connect to the database and to the storage. The scratch database of a drill is in its own pod. */
function recoveryPolicies(environment: Environment): Policy[] {
  if (environment.backup.kind === 'none') return []
  const egress = [
    ...toDns(environment),
    ...toDatabase(environment),
    ...toStorage(environment),
    ...(backupsArePublic(environment) ? [toPublicHttps] : []),
  ]
  return (['backup', 'drill'] as const).map((part) => ({ name: agentNames[part], part, ingress: [], egress }))
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
        // The redis-operator asks the nodes for their role, and joins them.
        fromNamespace(cluster.operatorNamespaces.redisOperator, ports.redis),
        fromNamespace(cluster.monitoringNamespace, redisNodePorts.exporter),
      ],
      egress: [...toDns(environment), toPods(ports.redis, nodes), toPods(redisNodePorts.bus, nodes)],
    },
  ]
}
