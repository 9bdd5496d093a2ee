import type { k8s } from 'cdk8s-plus-28'
import { customKind } from './custom-kind.ts'

/** Masters or replicas: the operator makes a StatefulSet of each. */
export interface RedisNodes {
  replicas: number
  redisConfig: { additionalRedisConfig: string }
  affinity: k8s.Affinity
  topologySpreadConstraints: k8s.TopologySpreadConstraint[]
  pdb: { enabled: true; maxUnavailable: number }
  securityContext: k8s.SecurityContext
  terminationGracePeriodSeconds: number
}

interface Claim {
  spec: k8s.PersistentVolumeClaimSpec
}

/**
 * What we write of the redis-operator's kind (OT-CONTAINER-KIT). No registry serves its definition, so this subset, written after the Go
 * types of version 0.26, is also what the schema check holds it against.
 */
export interface RedisClusterSpec {
  clusterSize: number
  clusterVersion: 'v7'
  port: number
  persistenceEnabled: true
  serviceAccountName: string
  podSecurityContext: k8s.PodSecurityContext
  kubernetesConfig: {
    image: string
    imagePullPolicy: 'Always'
    resources: k8s.ResourceRequirements
    redisSecret: { name: string; key: string }
    updateStrategy: { type: 'RollingUpdate' }
    minReadySeconds: number
  }
  redisConfig: { maxMemoryPercentOfLimit: number }
  redisLeader: RedisNodes
  redisFollower: RedisNodes
  /** Off: what it says of security goes to the container that the operator itself puts in, which writes the configuration. */
  initContainer: { enabled: false; image: string; securityContext: k8s.SecurityContext }
  TLS: { ca: string; cert: string; key: string; secret: k8s.SecretVolumeSource }
  acl: { secret: k8s.SecretVolumeSource }
  redisExporter: {
    enabled: true
    port: number
    image: string
    imagePullPolicy: 'Always'
    resources: k8s.ResourceRequirements
    securityContext: k8s.SecurityContext
  }
  storage: {
    keepAfterDelete: true
    volumeClaimTemplate: Claim
    nodeConfVolume: true
    nodeConfVolumeClaimTemplate: Claim
  }
}

export class RedisCluster extends customKind<RedisClusterSpec>({
  apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
  kind: 'RedisCluster',
}) {}
