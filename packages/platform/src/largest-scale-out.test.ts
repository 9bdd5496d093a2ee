import { describe, expect, it } from 'vitest'
import type { EnvironmentInput } from './environment.ts'
import {
  backupSidecarResources,
  jobResources,
  recoveryResources,
  redisExporterResources,
  scratchDatabaseResources,
} from './fixed-resources.ts'
import { soundEnvironment } from './fixtures/example-environment.ts'
import { largestScaleOut } from './largest-scale-out.ts'
import { cpuMillis, memoryBytes } from './quantity.ts'

const podsOf = (change: Partial<EnvironmentInput>) =>
  Object.fromEntries(largestScaleOut(soundEnvironment(change)).parts.map(({ part, pods }) => [part, pods]))

describe('pods', () => {
  it('are twice the replicas of a Deployment, since the old ones drain while the new ones start', () => {
    expect(
      podsOf({ agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 4 } } } }).server,
    ).toBe(8)
  })

  it('include the maximum of every autoscaler', () => {
    const agent = {
      topology: 'split',
      api: { autoscaling: { kind: 'cpu', min: 2, max: 3 } },
      worker: { autoscaling: { kind: 'queue', min: 2, max: 7 } },
    } as const
    expect(podsOf({ agent })).toMatchObject({ server: 6, worker: 14, migrate: 1 })
  })

  it('include the instances of the database, and poolers with a surge of a quarter', () => {
    const postgres = { kind: 'cnpg', instances: 3, maxConnections: 2000, pooler: { instances: 5 } } as const
    // Poolers of the primary and of the replicas.
    expect(podsOf({ postgres })).toMatchObject({ database: 3, pooler: 2 * 7 })
    expect(podsOf({ postgres: { ...postgres, instances: 1 } })).toMatchObject({ database: 1, pooler: 7 })
  })

  it('include masters and replicas of a Redis cluster', () => {
    expect(podsOf({ redis: { kind: 'cluster', masters: 3, replicasPerMaster: 2 } }).cache).toBe(9)
  })

  it("include the ACME solver of an Ingress' certificate", () => {
    const issuer = { kind: 'ClusterIssuer', name: 'acme' } as const
    const ingress = {
      kind: 'ingress',
      host: 'a.example.com',
      className: 'public',
      controllerNamespace: 'in',
      issuer,
    } as const
    expect(podsOf({ exposure: ingress }).acmeSolver).toBe(1)
    expect(podsOf({ exposure: { ...ingress, tls: false } }).acmeSolver).toBeUndefined()
  })

  it('do not include external services', () => {
    const external = { host: 'db.example.com', addresses: ['192.0.2.0/28'] }
    expect(
      podsOf({ postgres: { kind: 'external', ...external }, redis: { kind: 'external', mode: 'single', ...external } }),
    ).toEqual({
      server: 4,
      migrate: 1,
    })
  })
})

it("counts the backup's sidecar of each database instance, a backup, and a restore drill with its scratch database", () => {
  const { parts, pods } = largestScaleOut(soundEnvironment({ backup: { kind: 's3', bucket: 'backups' } }))
  expect(pods).toBe(largestScaleOut(soundEnvironment()).pods + 2)
  // A sidecar of the agent's pods may be in these lists too.
  const containersOf = (name: string) => parts.filter(({ part }) => part === name).map(({ containers }) => containers)
  expect(containersOf('database')).toEqual([expect.arrayContaining([backupSidecarResources])])
  expect(containersOf('backup')).toEqual([expect.arrayContaining([recoveryResources])])
  expect(containersOf('drill')).toEqual([expect.arrayContaining([recoveryResources, scratchDatabaseResources])])
})

it('counts the exporter of each node of a Redis cluster', () => {
  const redis = { kind: 'cluster', masters: 3, replicasPerMaster: 1 } as const
  const resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } }
  const one = largestScaleOut(soundEnvironment({ redis: { kind: 'standalone', resources } })).requests.cpuMillis
  const all = largestScaleOut(soundEnvironment({ redis: { ...redis, resources } })).requests.cpuMillis
  expect(all - one).toBe(5 * cpuMillis(resources.requests.cpu) + 6 * cpuMillis(redisExporterResources.requests.cpu))
})

it('adds up the requests and limits of all pods', () => {
  const resources = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } }
  const { parts, pods, requests, limits } = largestScaleOut(
    soundEnvironment({
      agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 }, resources } },
      postgres: { kind: 'standalone', maxConnections: 1000, resources },
      redis: { kind: 'standalone', resources },
    }),
  )
  // Four agent pods, the migration Job, the database and Redis.
  expect(pods).toBe(7)
  expect(parts.map(({ part, containers }) => [part, containers[0]?.requests.cpu])).toEqual([
    ['server', '500m'],
    ['migrate', jobResources.requests.cpu],
    ['database', '500m'],
    ['cache', '500m'],
  ])
  const sumOf = (kind: 'requests' | 'limits') => {
    const containers = parts.flatMap((it) =>
      it.containers.map(({ [kind]: amounts }) => ({ pods: it.pods, ...amounts })),
    )
    return {
      cpuMillis: containers.reduce((sum, it) => sum + it.pods * cpuMillis(it.cpu), 0),
      memoryBytes: containers.reduce((sum, it) => sum + it.pods * memoryBytes(it.memory), 0),
    }
  }
  expect(requests).toEqual(sumOf('requests'))
  expect(limits).toEqual(sumOf('limits'))
})
