import { expect, test } from 'vitest'
import type { Json } from '../../rendered-object.ts'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { wildcards } from './wildcards.ts'

test('the example has no problem', () => {
  expect(wildcards(exampleSubject())).toEqual([])
})

test.each(['apiGroups', 'resources', 'verbs'])('a role with "*" in %s is reported', (field) => {
  expect(wildcards(withValue('Role', `rules[0].${field}`, ['*']))).toMatchObject([{ field: `rules[0].${field}` }])
})

test.each([
  ['sourceRepos', ['*']],
  ['destinations', [{ server: 'https://kubernetes.default.svc', namespace: '*' }]],
  ['clusterResourceWhitelist', [{ group: '*', kind: '*' }]],
  ['namespaceResourceWhitelist', [{ group: 'apps', kind: '*' }]],
])('a project that allows everything by its %s is reported', (field, value) => {
  const project = (entries: Json) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'x', namespace: 'argocd' },
    spec: { [field]: entries },
  })
  expect(wildcards(withObject(project(value as Json)))).toMatchObject([{ field: `spec.${field}[0]` }])
  expect(wildcards(withObject(project([])))).toEqual([])
})
