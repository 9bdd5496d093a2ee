import { kubernetesVersions } from '@hadal/platform/schema/cluster'
import { k8s } from 'cdk8s-plus-28'
import { describe, expect, test } from 'vitest'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { errorsIn } from '../schema-validator.ts'
import { schema } from './schema.ts'

const container = 'spec.template.spec.containers[0]'

test('the example has no problem', () => {
  expect(schema(exampleSubject())).toEqual([])
})

describe('a broken object', () => {
  test('names an unknown field and the one that was probably meant', () => {
    const [found, ...rest] = schema(withValue('Deployment', `${container}.livenesProbe`, {}))
    expect(rest).toEqual([])
    expect(found).toMatchObject({
      field: `${container}.livenesProbe`,
      problem: '"livenesProbe" is not a field that Kubernetes knows here.',
    })
    expect(found?.mend).toMatch(/^Write "livenessProbe" if that is meant\. Known fields are args, command, /)
  })

  test('names a value of the wrong type', () => {
    const found = schema(withValue('Deployment', 'spec.replicas', 'three'))
    expect(found).toMatchObject([
      { field: 'spec.replicas', problem: '"three" is of the wrong type.', mend: 'Give an integer.' },
    ])
  })

  test('names a quantity that is none', () => {
    const resources = { requests: { cpu: '500 m', memory: '2GB' } }
    const found = schema(withValue('Deployment', `${container}.resources`, resources))
    expect(found.map(({ field }) => field)).toEqual([
      `${container}.resources.requests.cpu`,
      `${container}.resources.requests.memory`,
    ])
  })

  test('says how to write an amount that the serializer of a construct lost', () => {
    const amount = JSON.parse('"100m"')
    const lost = k8s.toJson_ResourceRequirements({ requests: { cpu: amount } })
    expect(schema(withValue('Deployment', `${container}.resources`, lost))).toMatchObject([
      {
        field: `${container}.resources.requests.cpu`,
        problem: 'undefined is of the wrong type.',
        mend: "Give a string or number. Write it as k8s.Quantity.fromString('100m').",
      },
    ])
  })

  test('names a fixed value that is none, and those that there are', () => {
    expect(schema(withValue('Deployment', `${container}.imagePullPolicy`, 'always'))).toMatchObject([
      { problem: '"always" is not allowed.', mend: 'Give one of "Always", "IfNotPresent", "Never".' },
    ])
  })

  test('names a field that is missing', () => {
    const found = schema(withValue('Deployment', 'spec.selector', undefined))
    expect(found).toMatchObject([{ field: 'spec.selector', problem: '"selector" is missing.' }])
  })

  test('names a field that only the API server sets', () => {
    const found = schema(withValue('ConfigMap', 'metadata.resourceVersion', '7'))
    expect(found).toMatchObject([{ field: 'metadata.resourceVersion' }])
  })

  test('names the versions that refuse it where others accept it', () => {
    const bindMount = { name: 'credentials', mountPath: '/x', bindMountOptions: ['noexec'] }
    const found = schema(withValue('Deployment', `${container}.volumeMounts`, [bindMount]))
    expect(found.map(({ problem }) => problem)).toEqual([
      '"bindMountOptions" is not a field that Kubernetes knows here on Kubernetes 1.34, 1.35, 1.36.',
    ])
  })

  test('of a kind without a schema is refused', () => {
    const found = schema(withObject({ apiVersion: 'apps/v1', kind: 'Deploiment', metadata: { name: 'x' } }))
    expect(found).toMatchObject([
      { field: 'kind', problem: "apps/v1 Deploiment has no schema, so the object can't be validated." },
    ])
  })
})

describe('a custom resource', () => {
  test('is refused for a field that its definition does not know', () => {
    const found = schema(withValue('ServiceMonitor', 'spec.endpoints[0].intervall', '30s'))
    expect(found).toMatchObject([{ field: 'spec.endpoints[0].intervall' }])
    expect(found[0]?.mend).toMatch(/^Write "interval" if that is meant\./)
  })

  test('is refused for a value that its definition does not allow', () => {
    const found = schema(withValue('ServiceMonitor', 'spec.endpoints[0].interval', 'often'))
    expect(found).toMatchObject([{ field: 'spec.endpoints[0].interval', problem: '"often" has the wrong form.' }])
  })

  test('of CloudNativePG is checked against its definition without the deprecated backup', () => {
    const cluster = (spec: object) =>
      withObject({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'db' }, spec } as never)
    expect(schema(cluster({ instances: 3, storage: { size: '20Gi' } }))).toEqual([])
    const found = schema(cluster({ instances: 3, storage: { size: '20Gi' }, backup: { barmanObjectStore: {} } }))
    expect(found).toMatchObject([{ field: 'spec.backup' }])
  })
})

test('an object that the combined schema accepts is accepted by each version', () => {
  for (const { object } of exampleSubject().objects) {
    for (const version of kubernetesVersions) expect(errorsIn(version, object)).toEqual([])
  }
})
