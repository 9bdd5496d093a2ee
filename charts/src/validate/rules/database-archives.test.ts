import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { renderEnvironment } from '../../render-environment.ts'
import type { Json, KubernetesObject } from '../../rendered-object.ts'
import { subjectOf } from '../subject-of.ts'
import { databaseArchives } from './database-archives.ts'

const environment = soundEnvironment({
  postgres: {
    kind: 'cnpg',
    maxConnections: 2000,
    recovery: { from: 'postgres', to: '2025-01-31T10:15:00Z', name: 'postgres-2' },
  },
  backup: { kind: 's3', bucket: 'backups' },
})

/** Fields of the findings after a change of the recovered Cluster's spec. */
function found(change: (spec: Record<string, Json>) => void): string[] {
  const objects = renderEnvironment(environment).map((one) => {
    if (one.kind !== 'Cluster' || one.name !== 'postgres-2') return one
    const object: KubernetesObject & { spec: Record<string, Json> } = JSON.parse(JSON.stringify(one.object))
    change(object.spec)
    return { ...one, object }
  })
  return databaseArchives(subjectOf(environment, objects)).map(({ field }) => field)
}

const plugin = (serverName: string) => [
  { name: 'x', isWALArchiver: true, parameters: { barmanObjectName: 'postgres-backups', serverName } },
]
const recovery = (fields: object) => ({ recovery: { source: 'postgres', ...fields } }) as Json

test('the rendered Clusters have archives of their own', () => {
  expect(found(() => {})).toEqual([])
})

test('a Cluster that writes to the archive of another one, and from which it is recovered, is reported for both', () => {
  expect(
    found((spec) => {
      spec.plugins = plugin('postgres')
    }),
  ).toEqual(['spec.plugins', 'spec.plugins'])
  expect(
    found((spec) => {
      spec.plugins = plugin('postgres-3')
    }),
  ).toEqual([])
})

test('a source that is no external cluster, and a time without a zone, are reported', () => {
  expect(
    found((spec) => {
      spec.bootstrap = recovery({ source: 'other' })
    }),
  ).toEqual(['spec.bootstrap.recovery.source'])
  expect(
    found((spec) => {
      spec.bootstrap = recovery({ recoveryTarget: { targetTime: '2025-01-31 10:15:00' } })
    }),
  ).toEqual(['spec.bootstrap.recovery.recoveryTarget.targetTime'])
})
