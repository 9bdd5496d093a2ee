import { redisExporterResources } from '@hadal/platform/fixed-resources'
import { ports, redisName, selectorLabels } from '@hadal/platform/names'
import type { Redis } from '@hadal/platform/schema/redis'
import type { Storage } from '@hadal/platform/schema/scalars'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import {
  RedisCluster,
  RedisClusterSpecKubernetesConfigImagePullPolicy,
  RedisClusterSpecKubernetesConfigUpdateStrategyType,
  RedisClusterSpecRedisExporterImagePullPolicy,
  type RedisClusterSpecRedisLeader,
} from '../../generated/redis.redis.opstreelabs.in.js'
import { imageReference } from '../../images.ts'
import { imagePullSecrets, nodeChoice } from '../../pod-scheduling.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { type RedisNode, redisNodeLabels, redisNodePorts } from '../../redis-operator-pods.ts'
import { quantities, resourceRequirements } from '../../resource-requirements.ts'
import { keepAnnotation } from '../../waves.ts'
import { RedisCertificates, redisCertificate } from './certificates.ts'

type Cluster = Extract<Redis, { kind: 'cluster' }>

const settings = `${redisName}-settings`
/** Volume for the cluster configuration that each Redis node writes. It needs a few kilobytes; 1Gi is the smallest usual size. */
const nodeConfStorage: Storage = { size: '1Gi' }

export interface ClusterRedisProps extends EnvironmentProps {
  readonly redis: Cluster
}

/**
 * Redis masters with replicas, managed by the redis-operator (docs/decisions/0020-redis-operator.md). The operator must run with its feature
 * gate `GenerateConfigInInitContainer`; without it, nodes need a writable image and the operator's own image. All connections use TLS, and
 * users are defined by ACL.
 */
export class ClusterRedis extends Construct {
  constructor(scope: Construct, id: string, { environment, redis }: ClusterRedisProps) {
    super(scope, id)
    const metadata = { name: redisName, labels: selectorLabels('cache') }
    const valkey = imageReference('valkey')
    new RedisCertificates(this, 'certificates', { environment })
    new k8s.KubeConfigMap(this, 'settings', {
      metadata: { ...metadata, name: settings },
      // Every key is a cached value or expires; the least frequently used go first.
      data: { 'redis-additional.conf': 'maxmemory-policy allkeys-lfu\n' },
    })
    new RedisCluster(this, 'cluster', {
      metadata: { ...metadata, annotations: keepAnnotation },
      spec: {
        clusterSize: redis.masters,
        // The operator's setting for nodes that announce their host name, which certificates need. Valkey 9 does.
        clusterVersion: 'v7',
        port: ports.redis,
        persistenceEnabled: true,
        serviceAccountName: redisName,
        podSecurityContext: podSecurity,
        priorityClassName: redis.scheduling.priorityClassName,
        kubernetesConfig: {
          image: valkey,
          imagePullPolicy: RedisClusterSpecKubernetesConfigImagePullPolicy.ALWAYS,
          imagePullSecrets: imagePullSecrets(environment),
          resources: resourceRequirements(redis.resources),
          redisSecret: { name: 'redis-credentials', key: 'password' },
          updateStrategy: { type: RedisClusterSpecKubernetesConfigUpdateStrategyType.ROLLING_UPDATE },
          minReadySeconds: 10,
        },
        // The rest of the limit is for connections, for the copy while a snapshot is written, and for fragmentation.
        redisConfig: { maxMemoryPercentOfLimit: 60 },
        redisLeader: nodes('leader', redis.masters, redis),
        redisFollower: nodes('follower', redis.masters * redis.replicasPerMaster, redis),
        initContainer: { enabled: false, image: valkey, securityContext: containerSecurity },
        tls: {
          ca: 'ca.crt',
          cert: 'tls.crt',
          key: 'tls.key',
          secret: { secretName: redisCertificate, defaultMode: 0o440 },
        },
        acl: {
          secret: {
            secretName: 'redis-credentials',
            defaultMode: 0o440,
            items: [{ key: 'acl', path: 'user.acl' }],
          },
        },
        redisExporter: {
          enabled: true,
          port: redisNodePorts.exporter,
          image: imageReference('redis-exporter'),
          imagePullPolicy: RedisClusterSpecRedisExporterImagePullPolicy.ALWAYS,
          resources: resourceRequirements(redisExporterResources),
          securityContext: containerSecurity,
        },
        storage: {
          keepAfterDelete: true,
          volumeClaimTemplate: claim(redis.storage),
          nodeConfVolume: true,
          nodeConfVolumeClaimTemplate: claim({ ...nodeConfStorage, class: redis.storage.class }),
        },
      },
    })
  }
}

/**
 * Spec of the Redis masters or replicas, spread over nodes and zones if possible: a master and its replica on one node fail together, with
 * their keys.
 */
function nodes(node: RedisNode, replicas: number, { scheduling }: Cluster): RedisClusterSpecRedisLeader {
  const labelSelector = { matchLabels: redisNodeLabels(node) }
  const spread = (topologyKey: string) =>
    ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector }) as const
  return {
    replicas,
    ...nodeChoice(scheduling),
    redisConfig: { additionalRedisConfig: settings },
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
    pdb: { enabled: true, maxUnavailable: 1 },
    securityContext: containerSecurity,
    terminationGracePeriodSeconds: 60,
  }
}

const claim = ({ size, class: storageClassName }: Storage) => ({
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: quantities({ storage: size }) },
    storageClassName,
  },
})
