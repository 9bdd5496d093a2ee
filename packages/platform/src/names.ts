import type { SecretFileVariable, SecretVariable } from './container-variables.ts'
import type { Environment } from './environment.ts'
import { type SecretReference, secretOfVariable } from './secret-table.ts'

/** Name of the agent server: of its Deployment, its Service and its image. */
export const agentName = 'deep-agents'

/** Name of the container of a server, a worker or the migration, as in the production guide. */
export const agentContainer = 'agent'

/** Names of the agent's Kubernetes objects. `server` is the Deployment with the role `all` or `api`: it has the same name in both topologies. */
export const agentNames = {
  server: agentName,
  worker: `${agentName}-worker`,
  serverScaler: `${agentName}-hpa`,
  workerScaler: `${agentName}-worker-hpa`,
  service: agentName,
  serviceAccount: agentName,
  settings: `${agentName}-settings`,
  trustedCertificates: `${agentName}-trusted-certificates`,
  migrate: `${agentName}-migrate`,
  backup: `${agentName}-backup`,
  drill: `${agentName}-drill`,
  batch: `${agentName}-batch`,
  quota: agentName,
  limitRange: agentName,
} as const

/** Port numbers by the port names in Services, probes and policies. */
export const ports = { http: 8000, metrics: 9090, postgres: 5432, redis: 6379 } as const

/** Names of PostgreSQL's Kubernetes objects, its database and its owner. */
export const postgresNames = {
  /** Name of the first CNPG Cluster, or of the StatefulSet with one pod. `databaseClusters` has the names of the Clusters that recoveries create. */
  cluster: 'postgres',
  /**
   * Name of the Service of the database: of the poolers in front of the primary of the Cluster that serves, or of the single pod. The addresses of clients
   * stay the same when another Cluster serves.
   */
  service: 'postgres',
  /** Name of the Service of the primary itself, without a pooler. */
  direct: 'postgres-direct',
  /** Name of the Service of the poolers in front of the replicas. */
  read: 'postgres-read',
  database: 'deep_agents',
  /** Value of `db-credentials/username` if the database runs in this cluster. CNPG requires that it equals the owner in the Cluster's spec. */
  owner: 'deep_agents',
  /** Role that serves requests, if callers sign in. It is the value of `db-application/username`. */
  application: 'deep_agents_app',
  /** Role of the loops that serve all tenants, if callers sign in. It is the value of `db-loops/username`. */
  loops: 'deep_agents_loops',
} as const

/** Names of the Poolers of a CNPG Cluster and of their Services: in front of the primary, and in front of the replicas. A Pooler never changes its Cluster. */
export const poolerNamesOf = (cluster: string) => ({
  readWrite: `${cluster}-pooler-rw`,
  readOnly: `${cluster}-pooler-ro`,
})

/** Name of the Gateway's listener to which the API's route belongs. */
export const gatewayListener = ({
  gateway,
  tls,
}: Pick<Extract<Environment['exposure'], { kind: 'gateway' }>, 'gateway' | 'tls'>): string =>
  gateway.listener ?? (tls ? 'https' : 'http')

/** Name of Redis' StatefulSet or RedisCluster, and of its Service. */
export const redisName = 'redis'

/**
 * Names of the sandboxes' objects: the SandboxTemplate and SandboxWarmPool, the objects that allow agents to create claims, the quota and the
 * policy.
 */
export const sandboxNames = {
  pool: 'sandbox',
  claims: 'sandbox-claims',
  quota: 'sandbox',
  networkPolicy: 'sandbox',
} as const

/**
 * Pod that cert-manager creates while it proves to an ACME server, by a challenge of type http01, that the host is ours: its labels, its port,
 * and the name of its NetworkPolicy.
 */
export const acmeSolver = {
  name: 'acme-solver',
  labels: { 'acme.cert-manager.io/http01-solver': 'true' },
  port: 8089,
} as const

/** Ports of sandboxd in a sandbox: gRPC for commands, HTTP for files. */
export const sandboxPorts = { process: 9090, files: 8080 } as const

/** Host name of Redis in `redis-credentials/url`. For a cluster it is the Service of the masters. */
export function redisHost(environment: Pick<Environment, 'namespace' | 'redis'>): string {
  const { redis } = environment
  if (redis.kind === 'external') return redis.host
  // The operator creates a Service for the masters, from which a client discovers all other nodes by name.
  return serviceHost(environment, redis.kind === 'cluster' ? `${redisName}-leader` : redisName)
}

/** Names of the components. Each is one chart, one folder under `manifests/` and one Argo CD Application. */
export const components = [
  'tenancy',
  'secrets',
  'postgres',
  'redis',
  'sandbox',
  'agent',
  'observability',
  'argocd',
] as const
export type Component = (typeof components)[number]

/**
 * Value of a pod's label `app.kubernetes.io/component`, for selectors and policies. It is the same whether API and workers share
 * a Deployment or not, because a Deployment's selector is immutable.
 */
export type PodPart =
  | 'server'
  | 'worker'
  | 'migrate'
  | 'backup'
  | 'drill'
  | 'database'
  | 'pooler'
  | 'cache'
  | 'sandbox'
  | 'acmeSolver'

const applications = {
  server: agentName,
  worker: agentName,
  migrate: agentName,
  backup: agentName,
  drill: agentName,
  database: postgresNames.cluster,
  pooler: postgresNames.cluster,
  cache: redisName,
  sandbox: sandboxNames.pool,
  acmeSolver: acmeSolver.name,
} as const satisfies Record<PodPart, string>

/** Labels that select the pods of one part, and no other pods in the namespace. */
export const selectorLabels = (part: PodPart) => ({
  'app.kubernetes.io/name': applications[part],
  'app.kubernetes.io/component': part,
})

/** Labels of every object of an environment, pods included. There is no version label, because it would restart pods that did not change. */
export const commonLabels = ({ name }: Pick<Environment, 'name'>) => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/part-of': 'hadal',
})

/** Path in a container of the file with a Secret's key. Each Secret is a folder. */
export const secretFile = (reference: SecretReference): string => `/run/secrets/${reference}`

/** Name and value of the container variable that holds the path of the file with a secret. */
export const secretFileVariable = (variable: SecretVariable): [SecretFileVariable, string] => [
  `${variable}_FILE`,
  secretFile(secretOfVariable[variable]),
]

/** Host name of a Service inside the cluster. */
export const serviceHost = ({ namespace }: Pick<Environment, 'namespace'>, service: string): string =>
  `${service}.${namespace}.svc`

/** Host names of the three addresses in `db-credentials`. `read` is undefined if there is no replica. */
export function databaseHosts(environment: Pick<Environment, 'namespace' | 'postgres'>): {
  readonly url: string
  readonly direct: string
  readonly read: string | undefined
} {
  const { postgres } = environment
  const host = (service: string) => serviceHost(environment, service)
  if (postgres.kind === 'external') return { url: postgres.host, direct: postgres.host, read: postgres.readHost }
  if (postgres.kind === 'standalone')
    return { url: host(postgresNames.service), direct: host(postgresNames.service), read: undefined }
  return {
    url: host(postgresNames.service),
    direct: host(postgresNames.direct),
    read: postgres.instances > 1 ? host(postgresNames.read) : undefined,
  }
}

/** Folder of an environment's rendered manifests, relative to the repository's root. */
export const manifestsFolder = (environmentName: string): string => `environments/${environmentName}/manifests`

/** Folder of an environment's backups and log of deletions in its bucket. Beside it is the folder of CloudNativePG's backups. */
export const archiveFolder = ({ name }: Pick<Environment, 'name'>): string => `${name}/archive`

/** Endings with which an environment's name could make its root Application equal to another environment's Application. */
const reservedEndings = [...components, 'root'].map((ending) => `-${ending}`)

/** Names of Argo CD's objects. They include the environment's name, because all environments share Argo CD's namespace. */
export const argocdNames = {
  project: ({ name }: Pick<Environment, 'name'>): string => `hadal-${name}`,
  /**
   * Name of the root Application, which Pulumi creates and which points at the folder `argocd`. It differs from all Applications of every other
   * environment: the environment `prod-agent` has the root `hadal-prod-agent-root`, because `prod` has the Application `hadal-prod-agent`.
   */
  root: ({ name }: Pick<Environment, 'name'>): string =>
    reservedEndings.some((ending) => name.endsWith(ending)) ? `hadal-${name}-root` : `hadal-${name}`,
  application: ({ name }: Pick<Environment, 'name'>, component: Component): string => `hadal-${name}-${component}`,
} as const
