import { ports, redisName, secretFile, selectorLabels } from '@hadal/platform/names'
import type { Redis } from '@hadal/platform/schema/redis'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { imageReference } from '../../images.ts'
import { mebibytes } from '../../mebibytes.ts'
import { podLabels } from '../../pod-labels.ts'
import { podScheduling } from '../../pod-scheduling.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { scratchVolume } from '../../scratch-volume.ts'
import { secretVolumes } from '../../secret-volumes.ts'

type Standalone = Extract<Redis, { kind: 'standalone' }>

export interface StandaloneRedisProps extends EnvironmentProps {
  readonly redis: Standalone
}

/** Standalone Redis: one pod of Valkey without a volume, so a restart loses the cache only. Redis itself has no free licence from 7.4 on. */
export class StandaloneRedis extends Construct {
  constructor(scope: Construct, id: string, { environment, redis }: StandaloneRedisProps) {
    super(scope, id)
    const metadata = { name: redisName, labels: selectorLabels('cache') }
    const secrets = secretVolumes(environment, ['redis'])
    const temporary = scratchVolume('tmp', '/tmp', '16Mi')
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        clusterIp: 'None',
        selector: selectorLabels('cache'),
        ports: [{ name: 'redis', port: ports.redis, targetPort: k8s.IntOrString.fromString('redis') }],
      },
    })
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata,
      spec: {
        replicas: 1,
        serviceName: redisName,
        selector: { matchLabels: selectorLabels('cache') },
        template: {
          metadata: { labels: podLabels(this, 'cache') },
          spec: {
            serviceAccountName: redisName,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            ...podScheduling(environment, redis.scheduling),
            securityContext: podSecurity,
            terminationGracePeriodSeconds: 30,
            containers: [container(redis, [...secrets.mounts, temporary.mount])],
            volumes: [...secrets.volumes, temporary.volume],
          },
        },
      },
    })
  }
}

const passwordFile = secretFile('redis-credentials/password')

function container({ resources }: Standalone, volumeMounts: k8s.VolumeMount[]): k8s.Container {
  const options = {
    // The rest of the limit is for connections and for fragmentation.
    maxmemory: `${Math.floor(mebibytes(resources.limits.memory) * 0.75)}mb`,
    // Every key is a cached value or expires; the least frequently used go first.
    'maxmemory-policy': 'allkeys-lfu',
    save: '""',
    appendonly: 'no',
    dir: '/tmp',
  }
  const configuration = Object.entries(options).map(([option, value]) => `${option} ${value}`)
  return {
    name: redisName,
    image: imageReference('valkey'),
    imagePullPolicy: 'Always',
    // The password is passed on standard input: an argument would be visible in process lists.
    command: ['sh', '-euc'],
    args: [
      [
        // In double quotes, the configuration takes a quote or a backslash only after a backslash.
        `password="$(sed 's/[\\\\"]/\\\\&/g' ${passwordFile})"`,
        'exec valkey-server - <<EOF',
        ...configuration,
        'requirepass "$password"',
        'EOF',
        '',
      ].join('\n'),
    ],
    ports: [{ name: 'redis', containerPort: ports.redis }],
    resources: resourceRequirements(resources),
    securityContext: containerSecurity,
    livenessProbe: {
      tcpSocket: { port: k8s.IntOrString.fromString('redis') },
      periodSeconds: 10,
      timeoutSeconds: 5,
    },
    readinessProbe: {
      exec: { command: ['sh', '-euc', `REDISCLI_AUTH="$(cat ${passwordFile})" valkey-cli ping | grep -qx PONG`] },
      periodSeconds: 5,
      timeoutSeconds: 5,
    },
    volumeMounts,
  }
}
