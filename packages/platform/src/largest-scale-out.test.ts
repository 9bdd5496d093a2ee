import { describe, expect, it } from 'vitest'
import type { EnvironmentInput } from './environment.ts'
import { soundEnvironment } from './fixtures/example-environment.ts'
import { largestScaleOut } from './largest-scale-out.ts'

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

it("counts the backup's sidecar of each database instance", () => {
  const ofBackup = (backup: EnvironmentInput['backup']) =>
    largestScaleOut(soundEnvironment({ backup })).requests.cpuMillis
  expect(ofBackup({ kind: 's3', bucket: 'backups' }) - ofBackup({ kind: 'none' })).toBe(3 * 50)
})

it('counts the exporter of each node of a Redis cluster', () => {
  const redis = { kind: 'cluster', masters: 3, replicasPerMaster: 1 } as const
  const resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } }
  const one = largestScaleOut(soundEnvironment({ redis: { kind: 'standalone', resources } })).requests.cpuMillis
  const all = largestScaleOut(soundEnvironment({ redis: { ...redis, resources } })).requests.cpuMillis
  expect(all - one).toBe(5 * 100 + 6 * 10)
})

it('adds up the requests and limits of all pods', () => {
  const resources = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } }
  const { pods, requests, limits } = largestScaleOut(
    soundEnvironment({
      agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 }, resources } },
      postgres: { kind: 'standalone', maxConnections: 1000, resources },
      redis: { kind: 'standalone', resources },
    }),
  )
  // Four agent pods, the database and Redis with equal resources; the migration Job with requests 100m and 256Mi, limits 1 and 512Mi.
  expect(pods).toBe(7)
  expect(requests).toEqual({ cpuMillis: 6 * 500 + 100, memoryBytes: (6 * 512 + 256) * 2 ** 20 })
  expect(limits).toEqual({ cpuMillis: 6 * 2000 + 1000, memoryBytes: (6 * 2048 + 512) * 2 ** 20 })
})
