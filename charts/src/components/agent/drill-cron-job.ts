import { recoveryResources, scratchDatabaseResources } from '@hadal/platform/fixed-resources'
import { agentNames, ports } from '@hadal/platform/names'
import type { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { imageReference } from '../../images.ts'
import { containerSecurity } from '../../pod-security.ts'
import { quantities, resourceRequirements } from '../../resource-requirements.ts'
import { scratchVolume } from '../../scratch-volume.ts'
import { sharedBuffers } from '../../shared-buffers.ts'
import { agentPod } from './pod.ts'
import { RecoveryCronJob, type RecoveryProps } from './recovery-cron-job.ts'
import { jobVariables } from './variables.ts'

/** Size of the scratch database's volume if the size of the database is not known. */
const sizeForExternal = '20Gi'
const data = 'scratch'
const socket = scratchVolume('sockets', '/var/run/postgresql', '1Mi')
const temporary = scratchVolume('scratch-tmp', '/tmp', '64Mi')

/**
 * CronJob that restores the newest backup into a scratch database and verifies it. The scratch server is a sidecar of the same pod with a volume of
 * its own, so no other pod reaches the restored rows, and they are gone when the pod ends.
 */
export class DrillCronJob extends Construct {
  constructor(scope: Construct, id: string, { environment, backup }: RecoveryProps) {
    super(scope, id)
    const { postgres } = environment
    const { schedule, storage } = backup.drill
    const ofDatabase = postgres.kind === 'external' ? sizeForExternal : postgres.storage.size
    const pod = agentPod(environment, {
      users: ['drill'],
      serviceAccountName: agentNames.backup,
      env: [...jobVariables(environment), { name: 'DRILL_DATABASE_URL', value: scratchAddress }],
      resources: resourceRequirements(recoveryResources),
      container: { command: ['hadal-runtime', 'drill'] },
    })
    new RecoveryCronJob(this, 'cron-job', {
      name: agentNames.drill,
      part: 'drill',
      schedule,
      deadlineHours: 12,
      pod: {
        ...pod,
        initContainers: [...(pod.initContainers ?? []), scratchDatabase],
        volumes: [
          ...(pod.volumes ?? []),
          {
            name: data,
            // A claim that Kubernetes creates with the pod and deletes with it.
            ephemeral: {
              volumeClaimTemplate: {
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: quantities({ storage: storage.size ?? ofDatabase }) },
                  storageClassName: storage.class,
                },
              },
            },
          },
          temporary.volume,
          socket.volume,
        ],
      },
    })
  }
}

/** Address of the scratch server for the other container of the pod. The server listens on no other address, so it needs no password. */
const scratchAddress = `postgresql://postgres@127.0.0.1:${ports.postgres}/postgres?sslmode=disable`

/** The scratch server: a native sidecar, which starts before the drill and is ended after it. */
const scratchDatabase: k8s.Container = {
  name: data,
  // The image has pgvector, also if that of the database does not: a backup has vectors once a release of the agents has used the semantic search.
  image: imageReference('pgvector'),
  imagePullPolicy: 'Always',
  restartPolicy: 'Always',
  args: Object.entries({
    listen_addresses: '127.0.0.1',
    shared_buffers: sharedBuffers(scratchDatabaseResources),
    // Not in /dev/shm, which has 64 MiB in a container.
    dynamic_shared_memory_type: 'mmap',
  }).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]),
  env: [
    { name: 'POSTGRES_HOST_AUTH_METHOD', value: 'trust' },
    { name: 'PGDATA', value: '/var/lib/postgresql/18/docker' },
  ],
  resources: resourceRequirements(scratchDatabaseResources),
  securityContext: containerSecurity,
  // During the first start the server listens on its socket only, so it is not ready over TCP.
  startupProbe: {
    exec: { command: ['pg_isready', '--quiet', '--host=127.0.0.1'] },
    periodSeconds: 2,
    timeoutSeconds: 5,
    failureThreshold: 90,
  },
  volumeMounts: [{ name: data, mountPath: '/var/lib/postgresql' }, temporary.mount, socket.mount],
}
