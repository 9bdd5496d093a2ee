import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../../fixtures/rendered.ts'
import { renderEnvironment } from '../../render-environment.ts'
import type { Json, KubernetesObject } from '../../rendered-object.ts'
import { subjectOf } from '../subject-of.ts'
import { cloudNativePg } from './cloud-native-pg.ts'

const environment = soundEnvironment()

/** Findings of the rule after a change of the Cluster's spec. */
function found(change: (spec: Record<string, Json>) => void): string[] {
  const objects = renderEnvironment(environment).map((one) => {
    if (one.kind !== 'Cluster') return one
    const object: KubernetesObject & { spec: Record<string, Json> } = JSON.parse(JSON.stringify(one.object))
    change(object.spec)
    return { ...one, object }
  })
  return cloudNativePg(subjectOf(environment, objects)).map(({ field }) => field)
}

const parameters = (values: Record<string, string>) =>
  found((spec) => {
    spec.postgresql = { parameters: values }
  })

test('the rendered Cluster meets the checks of the webhook', () => {
  expect(found(() => {})).toEqual([])
})

test.each<[string, string[], string[]]>([
  ['shared buffers above the memory request', parameters({ shared_buffers: '1025MB' }), ['shared_buffers']],
  ['shared buffers of 0', parameters({ shared_buffers: '0MB' }), ['shared_buffers']],
  ['shared buffers that equal the memory request', parameters({ shared_buffers: '1GB' }), []],
  ['a parameter of the operator', parameters({ archive_mode: 'off' }), ['archive_mode']],
  ['a minimum of the write-ahead log above its maximum', parameters({ min_wal_size: '2GB' }), ['min_wal_size']],
  ['bounds of the write-ahead log', parameters({ min_wal_size: '1GB', max_wal_size: '4GB' }), []],
])('%s', (_, fields, wanted) => {
  expect(fields).toEqual(wanted.map((name) => `spec.postgresql.parameters.${name}`))
})

test('a volume for the write-ahead log must be larger than the log', () => {
  const volume = (size: string) =>
    found((spec) => {
      spec.walStorage = { size }
    })
  expect(volume('1Gi')).toEqual(['spec.walStorage.size'])
  expect(volume('2Gi')).toEqual([])
})

test('synchronous replicas need more instances', () => {
  expect(
    found((spec) => {
      spec.instances = 1
    }),
  ).toEqual(['spec.postgresql.synchronous.number'])
})

test('an image without a version is reported', () => {
  expect(
    found((spec) => {
      spec.imageName = `ghcr.io/cloudnative-pg/postgresql@sha256:${'1'.repeat(64)}`
    }),
  ).toEqual(['spec.imageName'])
})

test('shared buffers are a quarter of the memory request, and at least 128MB', () => {
  const buffers = (requested: string, kind: 'cnpg' | 'standalone') => {
    const resources = { requests: { cpu: '1', memory: requested }, limits: { cpu: '1', memory: '4Gi' } }
    const changed = soundEnvironment({ postgres: { kind, maxConnections: 2000, resources } })
    expect(cloudNativePg(subjectOf(changed, renderEnvironment(changed)))).toEqual([])
    return kind === 'cnpg'
      ? rendered(changed, 'postgres/Cluster.postgres.yaml', 'spec', 'postgresql', 'parameters', 'shared_buffers')
      : JSON.stringify(
          rendered(changed, 'postgres/StatefulSet.postgres.yaml', 'spec', 'template', 'spec', 'containers'),
        )
  }
  expect(buffers('256Mi', 'cnpg')).toBe('128MB')
  expect(buffers('2Gi', 'cnpg')).toBe('512MB')
  expect(buffers('256Mi', 'standalone')).toContain('shared_buffers=128MB')
  expect(buffers('2Gi', 'standalone')).toContain('shared_buffers=512MB')
})
