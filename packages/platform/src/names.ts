import type { SecretFileVariable, SecretVariable } from './container-variables.ts'
import type { Environment } from './environment.ts'
import { type SecretReference, secretOfVariable } from './secret-table.ts'

/** The product's name: the API's Deployment, its Service, its image. */
export const agentName = 'deep-agents'

/** Objects of the agent, by what they do. `server` is the role `all` or `api`: the guide's Deployment keeps its name in either topology. */
export const agentNames = {
  server: agentName,
  worker: `${agentName}-worker`,
  serverScaler: `${agentName}-hpa`,
  workerScaler: `${agentName}-worker-hpa`,
  service: agentName,
  serviceAccount: agentName,
  settings: `${agentName}-settings`,
  migrate: `${agentName}-migrate`,
  retention: `${agentName}-retention`,
  backup: `${agentName}-backup`,
  batch: `${agentName}-batch`,
  quota: agentName,
  limitRange: agentName,
} as const

/** Ports by the name that Services, probes and policies call them. */
export const ports = { http: 8000, metrics: 9090, postgres: 5432, redis: 6379 } as const

/** Objects of PostgreSQL. The Service with `-rw` is CloudNativePG's own name for a Cluster `postgres`. */
export const postgresNames = {
  /** The CNPG Cluster, or the StatefulSet of one pod and its Service. */
  cluster: 'postgres',
  readWrite: 'postgres-rw',
  /** The Pooler and its Service. The Cluster's certificate must bear this name too (`certificates.serverAltDNSNames`), or `verify-full` fails. */
  pooler: 'postgres-pooler-rw',
  /** The Pooler in front of the replicas, where there are any. */
  poolerReadOnly: 'postgres-pooler-ro',
  database: 'deep_agents',
  /** What `db-credentials/username` holds wherever the database runs in this cluster: CNPG compares it with the owner that the Cluster names. */
  owner: 'deep_agents',
} as const

/** Objects of Redis: StatefulSet or RedisCluster, and its Service. */
export const redisName = 'redis'

/** Objects of sandboxes: the template and the pool of it that claims are made on, and what lets agents make them. */
export const sandboxNames = {
  pool: 'sandbox',
  claims: 'sandbox-claims',
  quota: 'sandbox',
  networkPolicy: 'sandbox',
} as const

/** Where a sandbox's sandboxd listens: gRPC for commands, HTTP for files. */
export const sandboxPorts = { process: 9090, files: 8080 } as const

/** Hosts that `redis-credentials/url` names, one or the first to ask of a cluster. */
export function redisHost(environment: Pick<Environment, 'namespace' | 'redis'>): string {
  const { redis } = environment
  if (redis.kind === 'external') return redis.host
  // The operator makes a Service of the masters; they tell a client of all others, by name.
  return serviceHost(environment, redis.kind === 'cluster' ? `${redisName}-leader` : redisName)
}

/** Charts, each the folder of its objects under `manifests/` and one Application of Argo CD. */
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

/** What a pod is, for selectors and policies. It never changes with the topology: a Deployment's selector is immutable. */
export type PodPart =
  | 'server'
  | 'worker'
  | 'migrate'
  | 'retention'
  | 'backup'
  | 'database'
  | 'pooler'
  | 'cache'
  | 'sandbox'

const applications = {
  server: agentName,
  worker: agentName,
  migrate: agentName,
  retention: agentName,
  backup: agentName,
  database: postgresNames.cluster,
  pooler: postgresNames.cluster,
  cache: redisName,
  sandbox: sandboxNames.pool,
} as const satisfies Record<PodPart, string>

/** The labels that select the pods of one part, and nothing else in the namespace. */
export const selectorLabels = (part: PodPart) => ({
  'app.kubernetes.io/name': applications[part],
  'app.kubernetes.io/component': part,
})

/** The labels of every object of an environment, pods included. No label has a version: a release would replace pods that did not change. */
export const commonLabels = ({ name }: Pick<Environment, 'name'>) => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/part-of': 'hadal',
})

/** Where a container finds a key of a Secret as a file. Each Secret is a folder. */
export const secretFile = (reference: SecretReference): string => `/run/secrets/${reference}`

/** The variable that names a secret's file, and the path that it holds. */
export const secretFileVariable = (variable: SecretVariable): [SecretFileVariable, string] => [
  `${variable}_FILE`,
  secretFile(secretOfVariable[variable]),
]

/** A Service's address inside the cluster. */
export const serviceHost = ({ namespace }: Pick<Environment, 'namespace'>, service: string): string =>
  `${service}.${namespace}.svc`

/** Hosts that the three addresses in `db-credentials` name. `read` is absent where no replica is. */
export function databaseHosts(environment: Pick<Environment, 'namespace' | 'postgres'>): {
  readonly url: string
  readonly direct: string
  readonly read: string | undefined
} {
  const { postgres } = environment
  const host = (service: string) => serviceHost(environment, service)
  if (postgres.kind === 'external') return { url: postgres.host, direct: postgres.host, read: postgres.readHost }
  if (postgres.kind === 'standalone')
    return { url: host(postgresNames.cluster), direct: host(postgresNames.cluster), read: undefined }
  return {
    url: host(postgresNames.pooler),
    direct: host(postgresNames.readWrite),
    read: postgres.instances > 1 ? host(postgresNames.poolerReadOnly) : undefined,
  }
}

/** Where an environment's rendered objects stand, from the repository's root. */
export const manifestsFolder = (environmentName: string): string => `environments/${environmentName}/manifests`

/** Argo CD's names. They share one namespace with those of other environments, so they bear the environment's. */
export const argocdNames = {
  project: ({ name }: Pick<Environment, 'name'>): string => `hadal-${name}`,
  /** The Application that Pulumi makes, which points at the `argocd` folder. */
  root: ({ name }: Pick<Environment, 'name'>): string => `hadal-${name}`,
  application: ({ name }: Pick<Environment, 'name'>, component: Component): string => `hadal-${name}-${component}`,
} as const
