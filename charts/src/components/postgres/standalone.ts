import type { Environment } from '@hadal/platform/environment'
import { ports, postgresNames, secretFile, selectorLabels } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { imageReference } from '../../images.ts'
import { podLabels } from '../../pod-labels.ts'
import { podScheduling } from '../../pod-scheduling.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { quantities, resourceRequirements } from '../../resource-requirements.ts'
import { scratchVolume } from '../../scratch-volume.ts'
import { secretVolumes } from '../../secret-volumes.ts'
import { sharedBuffers } from '../../shared-buffers.ts'
import { keepAnnotation } from '../../waves.ts'
import { makeDatabase } from './make-database.ts'

type Standalone = Extract<Postgres, { kind: 'standalone' }>

const name = postgresNames.cluster
const dataClaim = `${name}-data`
const scripts = `${name}-scripts`

export interface StandalonePostgresProps extends EnvironmentProps {
  readonly postgres: Standalone
}

/**
 * Standalone PostgreSQL: one pod on one volume. The volume claim is a separate object, because the size in a StatefulSet's template can't be
 * changed.
 */
export class StandalonePostgres extends Construct {
  constructor(scope: Construct, id: string, { environment, postgres }: StandalonePostgresProps) {
    super(scope, id)
    const metadata = { name, labels: selectorLabels('database') }
    new k8s.KubePersistentVolumeClaim(this, 'data', {
      metadata: { ...metadata, name: dataClaim, annotations: keepAnnotation },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: quantities({ storage: postgres.storage.size }) },
        storageClassName: postgres.storage.class,
      },
    })
    new k8s.KubeConfigMap(this, 'scripts', {
      metadata: { ...metadata, name: scripts },
      data: { 'make-database.sh': makeDatabase(environment) },
    })
    // Headless: with one pod there is nothing to balance, and clients connect to the pod itself.
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        clusterIp: 'None',
        selector: selectorLabels('database'),
        ports: [{ name: 'postgres', port: ports.postgres, targetPort: k8s.IntOrString.fromString('postgres') }],
      },
    })
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { ...metadata, annotations: keepAnnotation },
      spec: {
        replicas: 1,
        serviceName: name,
        selector: { matchLabels: selectorLabels('database') },
        template: { metadata: { labels: podLabels(this, 'database') }, spec: pod(environment, postgres) },
      },
    })
  }
}

function pod(environment: Environment, postgres: Standalone): k8s.PodSpec {
  const secrets = secretVolumes(environment, ['postgres'])
  const temporary = scratchVolume('tmp', '/tmp', '64Mi')
  const sockets = scratchVolume('sockets', '/var/run/postgresql', '1Mi')
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...podScheduling(environment, postgres.scheduling),
    securityContext: podSecurity,
    terminationGracePeriodSeconds: 60,
    containers: [
      container(postgres, [
        ...secrets.mounts,
        { name: 'data', mountPath: '/var/lib/postgresql' },
        { name: 'scripts', mountPath: '/docker-entrypoint-initdb.d', readOnly: true },
        temporary.mount,
        sockets.mount,
      ]),
    ],
    volumes: [
      ...secrets.volumes,
      { name: 'data', persistentVolumeClaim: { claimName: dataClaim } },
      { name: 'scripts', configMap: { name: scripts } },
      temporary.volume,
      sockets.volume,
    ],
  }
}

function container(postgres: Standalone, volumeMounts: k8s.VolumeMount[]): k8s.Container {
  return {
    name,
    image: imageReference('postgres'),
    imagePullPolicy: 'Always',
    args: Object.entries(settings(postgres)).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]),
    env: [
      // The superuser's password at the first start; make-database.sh removes it.
      { name: 'POSTGRES_PASSWORD_FILE', value: secretFile('db-credentials/password') },
      { name: 'POSTGRES_INITDB_ARGS', value: '--auth-host=scram-sha-256' },
      { name: 'PGDATA', value: '/var/lib/postgresql/18/docker' },
    ],
    ports: [{ name: 'postgres', containerPort: ports.postgres }],
    resources: resourceRequirements(postgres.resources),
    securityContext: containerSecurity,
    // During the first start the server listens on its socket only, so it is not ready over TCP.
    startupProbe: { exec: acceptsConnections, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
    livenessProbe: {
      tcpSocket: { port: k8s.IntOrString.fromString('postgres') },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    readinessProbe: { exec: acceptsConnections, periodSeconds: 5, timeoutSeconds: 5 },
    volumeMounts,
  }
}

const acceptsConnections: k8s.ExecAction = {
  command: ['pg_isready', '--quiet', '--host=127.0.0.1', `--dbname=${postgresNames.database}`],
}

/** PostgreSQL parameters of the standalone database. */
function settings({ maxConnections, resources }: Standalone): Record<string, string> {
  return {
    max_connections: String(maxConnections),
    shared_buffers: sharedBuffers(resources),
    // Not in /dev/shm, which has 64 MiB in a container.
    dynamic_shared_memory_type: 'mmap',
  }
}
