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

  it('are those of every autoscaler at its greatest', () => {
    const agent = {
      topology: 'split',
      api: { autoscaling: { kind: 'cpu', min: 2, max: 3 } },
      worker: { autoscaling: { kind: 'queue', min: 2, max: 7 } },
    } as const
    expect(podsOf({ agent })).toMatchObject({ server: 6, worker: 14, migrate: 1 })
  })

  it('are the instances of the database, and poolers with a quarter more while they roll', () => {
    const postgres = { kind: 'cnpg', instances: 3, maxConnections: 2000, pooler: { instances: 5 } } as const
    // Of the primary and of the replicas.
    expect(podsOf({ postgres })).toMatchObject({ database: 3, pooler: 2 * 7 })
    expect(podsOf({ postgres: { ...postgres, instances: 1 } })).toMatchObject({ database: 1, pooler: 7 })
  })

  it('are masters and replicas of a Redis cluster', () => {
    expect(podsOf({ redis: { kind: 'cluster', masters: 3, replicasPerMaster: 2 } }).cache).toBe(9)
  })

  it('are none for what somebody else runs', () => {
    const external = { host: 'db.example.com', addresses: ['192.0.2.0/28'] }
    expect(
      podsOf({ postgres: { kind: 'external', ...external }, redis: { kind: 'external', mode: 'single', ...external } }),
    ).toEqual({
      server: 4,
      migrate: 1,
    })
  })
})

it('counts the container that a backup puts beside each instance of the database', () => {
  const ofBackup = (backup: EnvironmentInput['backup']) =>
    largestScaleOut(soundEnvironment({ backup })).requests.cpuMillis
  expect(ofBackup({ kind: 's3', bucket: 'backups' }) - ofBackup({ kind: 'none' })).toBe(3 * 50)
})

it('counts the exporter beside each node of a Redis cluster', () => {
  const redis = { kind: 'cluster', masters: 3, replicasPerMaster: 1 } as const
  const resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } }
  const one = largestScaleOut(soundEnvironment({ redis: { kind: 'standalone', resources } })).requests.cpuMillis
  const all = largestScaleOut(soundEnvironment({ redis: { ...redis, resources } })).requests.cpuMillis
  expect(all - one).toBe(5 * 100 + 6 * 10)
})

it('adds up what all pods ask for and may take', () => {
  const resources = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } }
  const { pods, requests, limits } = largestScaleOut(
    soundEnvironment({
      agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 }, resources } },
      postgres: { kind: 'standalone', maxConnections: 1000, resources },
      redis: { kind: 'standalone', resources },
    }),
  )
  // Four of the agent, the database and Redis alike; the migration Job: 100m and 256Mi, at most 1 and 512Mi.
  expect(pods).toBe(7)
  expect(requests).toEqual({ cpuMillis: 6 * 500 + 100, memoryBytes: (6 * 512 + 256) * 2 ** 20 })
  expect(limits).toEqual({ cpuMillis: 6 * 2000 + 1000, memoryBytes: (6 * 2048 + 512) * 2 ** 20 })
})
