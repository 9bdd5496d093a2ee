import { jobResources } from '@hadal/platform/fixed-resources'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'
import { expect, test } from 'vitest'
import { renderEnvironment } from '../../render-environment.ts'
import type { KubernetesObject, RenderedObject } from '../../rendered-object.ts'
import { withInitContainers } from '../fixtures/with-init-containers.ts'
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

/** Returns a function that replaces a text in one rendered object. */
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

const server = largestScaleOut(environment).parts.find(({ part }) => part === 'server')
/** Requests of the server's containers, as the error lists them. */
const ofServer = (...more: readonly string[]) =>
  [...(server?.containers ?? []).map(({ requests }) => `${requests.cpu} and ${requests.memory}`), ...more]
    .toSorted()
    .join(', ')
const small = { cpu: '100m', memory: '64Mi' }

test.each([
  [
    'container',
    replaced(
      'agent/Deployment.deep-agents.yaml',
      '"containers":[{',
      `"containers":[{"name":"x","resources":${JSON.stringify({ requests: small })}},{`,
    ),
  ],
  ['native sidecar', withInitContainers({ name: 'x', restartPolicy: 'Always', resources: { requests: small } })],
])('a %s that the quota does not count is reported', (_, change) => {
  expect(found(change)[0]).toBe(
    `A pod of Deployment deep-agents has requests of ${ofServer('100m and 64Mi')}; the quota counts ${ofServer()}.: Count it in packages/platform/src/largest-scale-out.ts, or remove it there.`,
  )
})

test('a native sidecar that the quota counts is no problem', () => {
  const resources = jobResources
  const scaleOut = largestScaleOut(environment)
  const parts = scaleOut.parts.map((it) =>
    it.part === 'server' ? { ...it, containers: [...it.containers, resources] } : it,
  )
  const objects = renderEnvironment(environment).map(
    withInitContainers({ name: 'x', restartPolicy: 'Always', resources }),
  )
  const rule = quota({ ...scaleOut, parts })
  expect(rule(subjectOf(environment, objects))).toEqual([])
  expect(rule(subjectOf(environment, renderEnvironment(environment)))[0]?.mend).toContain('or remove it there')
})

test('an init container that ends may take as much as the containers after it', () => {
  const requests = server?.containers[0]?.requests
  expect(found(withInitContainers({ name: 'x', resources: { requests } }))).toEqual([])
  expect(found(withInitContainers({ name: 'x', resources: { requests: { cpu: '64', memory: '1Mi' } } }))).toEqual([
    expect.stringContaining(
      `Init container "x" of Deployment deep-agents and the sidecars before it have requests of 64 and 1Mi; the quota counts ${ofServer()} in all.`,
    ),
  ])
})

test('an amount that a construct lost is undefined, and the error says how to write it', () => {
  const [problem] = found(withInitContainers({ name: 'x', restartPolicy: 'Always', resources: { requests: {} } }))
  expect(problem).toContain('undefined and undefined')
  expect(problem).toContain("Write each amount as k8s.Quantity.fromString('100m').")
})

test('an amount in a form that the quota does not count is reported with the forms that it counts', () => {
  const resources = { requests: { cpu: '100m', memory: '64M' } }
  const [problem] = found(withInitContainers({ name: 'x', restartPolicy: 'Always', resources }))
  expect(problem).toContain('100m and 64M')
  expect(found(withInitContainers({ name: 'x', resources }))[0]).toContain('100m and 64M; the quota counts')
  expect(problem).toContain('Write cpu as 100m or 1.5, and memory as 64Mi or 2Gi.')
})

test('other resources than the quota counts are reported, also of pods of operators', () => {
  const resources = { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } }
  const storage = { size: '20Gi' }
  const counted = soundEnvironment({
    postgres: { kind: 'cnpg', maxConnections: 2000, resources },
    redis: { kind: 'cluster', resources, storage },
  })
  const problems = found(undefined, counted).join('\n')
  expect(problems).toMatch(/A pod of Cluster postgres has requests of/)
  expect(problems).toMatch(/A pod of RedisCluster redis has requests of/)
})
