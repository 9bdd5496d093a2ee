import { describe, expect, test } from 'vitest'
import { exampleSubject, withoutKind, withValue } from '../fixtures/example-objects.ts'
import { podReferences } from './pod-references.ts'

const pod = 'spec.template.spec'

test('the example has no problem', () => {
  expect(podReferences(exampleSubject())).toEqual([])
})

describe('what nothing makes is named where it is used', () => {
  test('a Secret', () => {
    expect(podReferences({ ...exampleSubject(), givenSecrets: new Map() })).toMatchObject([
      { field: `${pod}.volumes[0].secret.secretName`, problem: 'Secret "db-credentials" does not exist.' },
    ])
  })

  test('a key of a Secret', () => {
    const givenSecrets = new Map([['db-credentials', new Set(['direct-url'])]])
    expect(podReferences({ ...exampleSubject(), givenSecrets })).toMatchObject([
      {
        field: `${pod}.volumes[0].secret.items[0].key`,
        problem: 'Secret "db-credentials" has no key "url".',
        mend: 'Its keys are direct-url.',
      },
    ])
  })

  test('a ConfigMap', () => {
    expect(podReferences(withoutKind('ConfigMap'))).toMatchObject([
      {
        field: `${pod}.containers[0].env[0].valueFrom.configMapKeyRef.name`,
        problem: 'ConfigMap "web" does not exist.',
      },
      { field: `${pod}.containers[0].envFrom[0].configMapRef.name`, problem: 'ConfigMap "web" does not exist.' },
    ])
  })

  test('a key of a ConfigMap', () => {
    expect(podReferences(withValue('ConfigMap', 'data.mode', undefined))).toMatchObject([
      { problem: 'ConfigMap "web" has no key "mode".', mend: 'Its keys are none.' },
    ])
  })

  test('a ServiceAccount', () => {
    expect(podReferences(withoutKind('ServiceAccount'))).toMatchObject([
      { field: `${pod}.serviceAccountName`, problem: 'ServiceAccount "web" does not exist.' },
    ])
  })

  test('a claim', () => {
    const volume = { name: 'data', persistentVolumeClaim: { claimName: 'data' } }
    expect(podReferences(withValue('Deployment', `${pod}.volumes[1]`, volume))).toMatchObject([
      { problem: 'PersistentVolumeClaim "data" does not exist.' },
    ])
  })

  test('a volume', () => {
    expect(podReferences(withValue('Deployment', `${pod}.containers[0].volumeMounts[0].name`, 'creds'))).toMatchObject([
      { field: `${pod}.containers[0].volumeMounts[0].name`, problem: 'volume "creds" does not exist.' },
    ])
  })
})

test('an ExternalSecret makes the Secret of its target, with the keys that it lists', () => {
  const subject = { ...exampleSubject(), givenSecrets: new Map() }
  const secret = (key: string) => ({
    component: 'secrets',
    kind: 'ExternalSecret',
    name: 'db-credentials',
    chartFile: '',
    path: '',
    text: '',
    object: {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db-credentials' },
      spec: { data: [{ secretKey: key }] },
    },
  })
  expect(podReferences({ ...subject, objects: [...subject.objects, secret('url')] })).toEqual([])
  expect(podReferences({ ...subject, objects: [...subject.objects, secret('uri')] })).toHaveLength(1)
})
