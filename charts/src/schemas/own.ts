import type { JsonSchema } from './json-schema.ts'
import { quantity } from './strict.ts'

/**
 * Kinds of CloudNativePG (`postgresql.cnpg.io/v1`), of the redis-operator (`redis.redis.opstreelabs.in/v1beta2`) and of agent-sandbox
 * (`extensions.agents.x-k8s.io/v1beta1`, at release 0.5.6), written by hand because no registry that the build reaches serves
 * their CustomResourceDefinitions. A strict subset: each field was compared with the project's definitions of August 2026
 * (after release 1.30.0 of the one, at release 0.26.0 of the other), and one that is missing here is refused although the operator may know it; add it when a chart
 * needs it. Reports name these kinds (`ownKinds`), since nothing but us vouches for them. The in-tree
 * `barmanObjectStore` is left out on purpose: the operator drops it.
 */
const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const whole: JsonSchema = { type: 'integer' }
const positive: JsonSchema = { type: 'integer', minimum: 1 }
const texts: JsonSchema = { type: 'array', items: text }
const textMap: JsonSchema = { type: 'object', additionalProperties: text }
const oneOf = (...values: string[]): JsonSchema => ({ type: 'string', enum: values })
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const core = (name: string): JsonSchema => ({ $ref: `#/definitions/io.k8s.api.core.v1.${name}` })
const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 ? { required } : {}),
})
const named = object({ name: text }, ['name'])
const labelled = object({ labels: textMap, annotations: textMap })

const storage = object({ size: quantity, storageClass: text, resizeInUseVolumes: flag })
const plugin = object({ name: text, enabled: flag, isWALArchiver: flag, parameters: textMap }, ['name'])

const role = object(
  {
    name: text,
    comment: text,
    ensure: oneOf('present', 'absent'),
    login: flag,
    superuser: flag,
    createdb: flag,
    createrole: flag,
    inherit: flag,
    replication: flag,
    bypassrls: flag,
    connectionLimit: whole,
    inRoles: texts,
    passwordSecret: named,
    disablePassword: flag,
    validUntil: text,
  },
  ['name'],
)

const cluster = object(
  {
    description: text,
    instances: positive,
    imageName: text,
    imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
    imagePullSecrets: listOf(named),
    enableSuperuserAccess: flag,
    enablePDB: flag,
    superuserSecret: named,
    storage,
    walStorage: storage,
    resources: core('ResourceRequirements'),
    affinity: object({
      enablePodAntiAffinity: flag,
      topologyKey: text,
      podAntiAffinityType: oneOf('preferred', 'required'),
      nodeSelector: textMap,
      tolerations: listOf(core('Toleration')),
      nodeAffinity: core('NodeAffinity'),
    }),
    topologySpreadConstraints: listOf(core('TopologySpreadConstraint')),
    bootstrap: object({
      initdb: object({
        database: text,
        owner: text,
        secret: named,
        dataChecksums: flag,
        encoding: text,
        localeCollate: text,
        localeCType: text,
        localeProvider: text,
        walSegmentSize: positive,
        postInitSQL: texts,
        postInitApplicationSQL: texts,
        postInitTemplateSQL: texts,
      }),
      recovery: object({
        source: text,
        backup: named,
        database: text,
        owner: text,
        secret: named,
        recoveryTarget: object({
          targetTime: text,
          targetLSN: text,
          targetXID: text,
          targetImmediate: flag,
          backupID: text,
        }),
      }),
    }),
    externalClusters: listOf(object({ name: text, connectionParameters: textMap, plugin }, ['name'])),
    postgresql: object({
      parameters: textMap,
      pg_hba: texts,
      pg_ident: texts,
      shared_preload_libraries: texts,
      enableAlterSystem: flag,
      synchronous: object(
        {
          method: oneOf('any', 'first'),
          number: positive,
          maxStandbyNamesFromCluster: whole,
          dataDurability: oneOf('required', 'preferred'),
          failoverQuorum: flag,
        },
        ['method', 'number'],
      ),
    }),
    managed: object({
      roles: listOf(role),
      services: object({ disabledDefaultServices: listOf(oneOf('rw', 'r', 'ro')) }),
    }),
    monitoring: object({
      disableDefaultQueries: flag,
      customQueriesConfigMap: listOf(object({ name: text, key: text }, ['name', 'key'])),
      tls: object({ enabled: flag }),
    }),
    plugins: listOf(plugin),
    certificates: object({
      serverTLSSecret: text,
      serverCASecret: text,
      clientCASecret: text,
      replicationTLSSecret: text,
      serverAltDNSNames: texts,
    }),
    replicationSlots: object({
      highAvailability: object({ enabled: flag, slotPrefix: text, synchronizeLogicalDecoding: flag }),
      updateInterval: positive,
    }),
    primaryUpdateStrategy: oneOf('unsupervised', 'supervised'),
    primaryUpdateMethod: oneOf('restart', 'switchover'),
    startDelay: whole,
    stopDelay: whole,
    smartShutdownTimeout: whole,
    switchoverDelay: whole,
    failoverDelay: whole,
    inheritedMetadata: labelled,
    serviceAccountTemplate: object({ metadata: labelled }, ['metadata']),
    priorityClassName: text,
    schedulerName: text,
    logLevel: oneOf('error', 'warning', 'info', 'debug', 'trace'),
    env: listOf(core('EnvVar')),
    ephemeralVolumesSizeLimit: object({ shm: quantity, temporaryData: quantity }),
    seccompProfile: core('SeccompProfile'),
    postgresUID: whole,
    postgresGID: whole,
  },
  ['instances', 'storage'],
)

const pooler = object(
  {
    cluster: named,
    type: oneOf('rw', 'ro', 'r'),
    instances: positive,
    pgbouncer: object(
      {
        poolMode: oneOf('session', 'transaction'),
        parameters: textMap,
        pg_hba: texts,
        authQuery: text,
        authQuerySecret: named,
        paused: flag,
      },
      ['poolMode'],
    ),
    template: core('PodTemplateSpec'),
    deploymentStrategy: { $ref: '#/definitions/io.k8s.api.apps.v1.DeploymentStrategy' },
    serviceTemplate: object({ metadata: labelled, spec: core('ServiceSpec') }),
  },
  ['cluster', 'pgbouncer'],
)

const backup = {
  cluster: named,
  method: oneOf('plugin', 'volumeSnapshot'),
  pluginConfiguration: object({ name: text, parameters: textMap }, ['name']),
  target: oneOf('primary', 'prefer-standby'),
  online: flag,
}

const scheduledBackup = object(
  {
    ...backup,
    // Go's cron with six fields: seconds come first.
    schedule: { type: 'string', pattern: '^(@\\S+|\\S+( \\S+){5})$' },
    immediate: flag,
    suspend: flag,
    backupOwnerReference: oneOf('none', 'self', 'cluster'),
  },
  ['cluster', 'schedule'],
)

const database = object(
  {
    cluster: named,
    name: text,
    owner: text,
    ensure: oneOf('present', 'absent'),
    databaseReclaimPolicy: oneOf('delete', 'retain'),
    extensions: listOf(
      object({ name: text, ensure: oneOf('present', 'absent'), version: text, schema: text }, ['name']),
    ),
    schemas: listOf(object({ name: text, owner: text, ensure: oneOf('present', 'absent') }, ['name'])),
  },
  ['cluster', 'name', 'owner'],
)

const redisNodes = object(
  {
    replicas: positive,
    redisConfig: object({ additionalRedisConfig: text }),
    affinity: core('Affinity'),
    topologySpreadConstraints: listOf(core('TopologySpreadConstraint')),
    tolerations: listOf(core('Toleration')),
    nodeSelector: textMap,
    pdb: object({ enabled: flag, minAvailable: whole, maxUnavailable: whole }),
    readinessProbe: core('Probe'),
    livenessProbe: core('Probe'),
    securityContext: core('SecurityContext'),
    resources: core('ResourceRequirements'),
    terminationGracePeriodSeconds: whole,
  },
  ['replicas'],
)

const pullPolicy = oneOf('Always', 'IfNotPresent', 'Never')
const claimTemplate = object({ spec: core('PersistentVolumeClaimSpec') }, ['spec'])

const redisCluster = object(
  {
    // Fewer are no cluster: the operator's own webhook refuses them.
    clusterSize: { type: 'integer', minimum: 3 },
    clusterVersion: { type: 'string', pattern: '^v[0-9]+$' },
    port: positive,
    persistenceEnabled: flag,
    serviceAccountName: text,
    priorityClassName: text,
    podSecurityContext: core('PodSecurityContext'),
    kubernetesConfig: object(
      {
        image: text,
        imagePullPolicy: pullPolicy,
        imagePullSecrets: listOf(named),
        resources: core('ResourceRequirements'),
        redisSecret: object({ name: text, key: text }, ['name', 'key']),
        updateStrategy: { $ref: '#/definitions/io.k8s.api.apps.v1.StatefulSetUpdateStrategy' },
        minReadySeconds: whole,
      },
      ['image'],
    ),
    redisConfig: object({ maxMemoryPercentOfLimit: { type: 'integer', minimum: 1, maximum: 100 } }),
    redisLeader: redisNodes,
    redisFollower: redisNodes,
    initContainer: object({ enabled: flag, image: text, securityContext: core('SecurityContext') }, ['image']),
    TLS: object({ ca: text, cert: text, key: text, secret: core('SecretVolumeSource') }, ['secret']),
    acl: object({ secret: core('SecretVolumeSource') }, ['secret']),
    redisExporter: object(
      {
        enabled: flag,
        port: positive,
        image: text,
        imagePullPolicy: pullPolicy,
        resources: core('ResourceRequirements'),
        securityContext: core('SecurityContext'),
      },
      ['image'],
    ),
    storage: object({
      keepAfterDelete: flag,
      volumeClaimTemplate: claimTemplate,
      nodeConfVolume: flag,
      nodeConfVolumeClaimTemplate: claimTemplate,
    }),
  },
  ['clusterSize', 'kubernetesConfig'],
)

const sandboxTemplate = object(
  {
    podTemplate: object({ metadata: labelled, spec: core('PodSpec') }, ['spec']),
    service: flag,
    networkPolicy: object({
      ingress: listOf({ $ref: '#/definitions/io.k8s.api.networking.v1.NetworkPolicyIngressRule' }),
      egress: listOf({ $ref: '#/definitions/io.k8s.api.networking.v1.NetworkPolicyEgressRule' }),
    }),
    networkPolicyManagement: oneOf('Managed', 'Unmanaged'),
    envVarsInjectionPolicy: oneOf('Allowed', 'Overrides', 'Disallowed'),
    volumeClaimTemplatesPolicy: oneOf('Allowed', 'Overrides', 'Disallowed'),
  },
  ['podTemplate'],
)

const sandboxWarmPool = object(
  {
    replicas: { type: 'integer', minimum: 0 },
    sandboxTemplateRef: named,
    updateStrategy: object({ type: oneOf('Recreate', 'OnReplenish') }),
  },
  ['sandboxTemplateRef'],
)

const specs: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  'postgresql.cnpg.io/v1': {
    Backup: object(backup, ['cluster']),
    Cluster: cluster,
    Database: database,
    Pooler: pooler,
    ScheduledBackup: scheduledBackup,
  },
  'extensions.agents.x-k8s.io/v1beta1': { SandboxTemplate: sandboxTemplate, SandboxWarmPool: sandboxWarmPool },
  'redis.redis.opstreelabs.in/v1beta2': { RedisCluster: redisCluster },
}

/** Definitions by `apiVersion/kind`, as in the generated files. */
export const ownDefinitions: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  Object.entries(specs).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).map(([kind, spec]) => [
      `${apiVersion}/${kind}`,
      object(
        {
          apiVersion: { enum: [apiVersion] },
          kind: { enum: [kind] },
          metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
          spec,
        },
        ['spec'],
      ),
    ]),
  ),
)

/** `apiVersion/kind` of every kind whose schema nobody but us vouches for. */
export const ownKinds: readonly string[] = Object.keys(ownDefinitions)
