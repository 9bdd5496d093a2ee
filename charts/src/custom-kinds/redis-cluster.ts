import type {
  Affinity,
  PodSecurityContext,
  ResourceRequirements,
  SecretVolumeSource,
  SecurityContext,
  TopologySpreadConstraint,
} from 'kubernetes-types/core/v1.d.ts'

/** Masters or replicas: the operator makes a StatefulSet of each. */
export interface RedisNodes {
  replicas: number
  redisConfig: { additionalRedisConfig: string }
  affinity: Affinity
  topologySpreadConstraints: TopologySpreadConstraint[]
  pdb: { enabled: true; maxUnavailable: number }
  securityContext: SecurityContext
  terminationGracePeriodSeconds: number
}

interface Claim {
  spec: { accessModes: string[]; resources: { requests: { storage: string } }; storageClassName?: string }
}

/**
 * What we write of the redis-operator's kind (OT-CONTAINER-KIT). No registry serves its definition, so this subset, written after the Go
 * types of version 0.26, is also what the schema check holds it against.
 */
export interface RedisCluster {
  apiVersion: 'redis.redis.opstreelabs.in/v1beta2'
  kind: 'RedisCluster'
  spec: {
    clusterSize: number
    clusterVersion: 'v7'
    port: number
    persistenceEnabled: true
    serviceAccountName: string
    podSecurityContext: PodSecurityContext
    kubernetesConfig: {
      image: string
      imagePullPolicy: 'Always'
      resources: ResourceRequirements
      redisSecret: { name: string; key: string }
      updateStrategy: { type: 'RollingUpdate' }
      minReadySeconds: number
    }
    redisConfig: { maxMemoryPercentOfLimit: number }
    redisLeader: RedisNodes
    redisFollower: RedisNodes
    /** Off: what it says of security goes to the container that the operator itself puts in, which writes the configuration. */
    initContainer: { enabled: false; image: string; securityContext: SecurityContext }
    TLS: { ca: string; cert: string; key: string; secret: SecretVolumeSource }
    acl: { secret: SecretVolumeSource }
    redisExporter: {
      enabled: true
      port: number
      image: string
      imagePullPolicy: 'Always'
      resources: ResourceRequirements
      securityContext: SecurityContext
    }
    storage: {
      keepAfterDelete: true
      volumeClaimTemplate: Claim
      nodeConfVolume: true
      nodeConfVolumeClaimTemplate: Claim
    }
  }
}
