import type { Environment } from '@hadal/platform/environment'
import { redisExporterResources } from '@hadal/platform/fixed-resources'
import { labels, ports, redisName } from '@hadal/platform/names'
import type { Redis } from '@hadal/platform/schema/redis'
import type { Storage } from '@hadal/platform/schema/scalars'
import type { RedisNodes } from '../../custom-kinds/redis-cluster.ts'
import { imageReference } from '../../images.ts'
import type { Manifest } from '../../manifest.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { type RedisNode, redisNodeLabels, redisNodePorts } from '../../redis-operator-pods.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { keepAnnotation } from '../../waves.ts'
import { redisCertificate, redisCertificates } from './certificates.ts'

type Cluster = Extract<Redis, { kind: 'cluster' }>

const settings = `${redisName}-settings`
/** Where nodes write who the others are; some kilobytes, but no storage gives less. */
const nodeConfStorage: Storage = { size: '1Gi' }

/**
 * Masters with replicas by the redis-operator (docs/decisions/0020-redis-operator.md), which must run with its gate
 * `GenerateConfigInInitContainer`: without it, nodes write into their image and need the operator's own. TLS on every connection, users by ACL.
 */
export function redisCluster(environment: Environment, redis: Cluster): Manifest[] {
  const metadata = { name: redisName, labels: labels(environment, 'cache') }
  const valkey = imageReference('valkey')
  return [
    ...redisCertificates(environment),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...metadata, name: settings },
      // All of it is a cache or ends by itself; what was used least goes first.
      data: { 'redis-additional.conf': 'maxmemory-policy allkeys-lfu\n' },
    },
    {
      apiVersion: 'redis.redis.opstreelabs.in/v1beta2',
      kind: 'RedisCluster',
      metadata: { ...metadata, annotations: keepAnnotation },
      spec: {
        clusterSize: redis.masters,
        // The operator's word for what announces itself by host name, which certificates need; Valkey 9 is of that line.
        clusterVersion: 'v7',
        port: ports.redis,
        persistenceEnabled: true,
        serviceAccountName: redisName,
        podSecurityContext: podSecurity,
        kubernetesConfig: {
          image: valkey,
          imagePullPolicy: 'Always',
          resources: resourceRequirements(redis.resources),
          redisSecret: { name: 'redis-credentials', key: 'password' },
          updateStrategy: { type: 'RollingUpdate' },
          minReadySeconds: 10,
        },
        // What is left of the limit is for connections, for the copy while a snapshot is written, and for memory not yet given back.
        redisConfig: { maxMemoryPercentOfLimit: 60 },
        redisLeader: nodes('leader', redis.masters),
        redisFollower: nodes('follower', redis.masters * redis.replicasPerMaster),
        initContainer: { enabled: false, image: valkey, securityContext: containerSecurity },
        TLS: {
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
          imagePullPolicy: 'Always',
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
    },
  ]
}

/** A master and its replica on one node fall together, and with them that part of the keys: spread over nodes and zones as far as may be. */
function nodes(node: RedisNode, replicas: number): RedisNodes {
  const labelSelector = { matchLabels: redisNodeLabels(node) }
  const spread = (topologyKey: string) =>
    ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector }) as const
  return {
    replicas,
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
    resources: { requests: { storage: size } },
    ...(storageClassName && { storageClassName }),
  },
})
