import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'
import { expect, test } from 'vitest'
import { renderEnvironment } from '../../render-environment.ts'
import type { KubernetesObject, RenderedObject } from '../../rendered-object.ts'
import { subjectOf } from '../subject-of.ts'
import { quota } from './quota.ts'

const environment = soundEnvironment({
  redis: { kind: 'cluster' },
  backup: { kind: 's3', bucket: 'backups' },
})

const found = (change: (rendered: RenderedObject) => RenderedObject = (it) => it, of = environment) =>
  quota(largestScaleOut(of))(subjectOf(of, renderEnvironment(environment).map(change))).map(
    ({ field, problem, mend }) => [field, problem, mend].filter(Boolean).join(': '),
  )

/** A value of one object replaced, by its text. */
const replaced = (path: string, before: string, after: string) => (rendered: RenderedObject) => {
  const text = JSON.stringify(rendered.object)
  if (rendered.path !== path) return rendered
  expect(text).toContain(before)
  return { ...rendered, object: JSON.parse(text.replace(before, after)) as KubernetesObject }
}

test('the quota counts every kind of rendered pod', () => {
  expect(found()).toEqual([])
})

test('a quota below the largest scale-out is reported with its minimum', () => {
  const path = 'tenancy/ResourceQuota.deep-agents.yaml'
  expect(found(replaced(path, '"requests.cpu":"200"', '"requests.cpu":"1"'))).toEqual([
    expect.stringMatching(
      /^spec\.hard\["requests\.cpu"\]: 1 is less than the largest scale-out needs\.: Set at least \d+m?\.$/,
    ),
  ])
  expect(found(replaced(path, '"pods":"500"', '"pods":"3"'))).toHaveLength(1)
})

test('a sidecar that the quota does not count is reported', () => {
  const container = '"containers":[{'
  const sidecar = '"containers":[{"name":"x","resources":{"requests":{"cpu":"100m","memory":"64Mi"}}},{'
  const problems = found(replaced('agent/Deployment.deep-agents.yaml', container, sidecar))
  expect(problems[0]).toContain(
    'A pod of Deployment deep-agents has requests of 100m and 64Mi, 500m and 512Mi; the quota counts 500m and 512Mi.',
  )
})

test('other resources than the quota counts are reported, also of pods of operators', () => {
  const resources = { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } }
  const counted = soundEnvironment({
    postgres: { kind: 'cnpg', maxConnections: 2000, resources },
    redis: { kind: 'cluster', resources },
  })
  const problems = found(undefined, counted).join('\n')
  expect(problems).toMatch(/A pod of Cluster postgres has requests of/)
  expect(problems).toMatch(/A pod of RedisCluster redis has requests of/)
})
