import { expect, test } from 'vitest'
import { releaseObjects } from './release-objects.ts'

const text = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: operator }
---
# a comment alone
---
apiVersion: v1
kind: Service
metadata: { name: operator, namespace: written }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: elsewhere, namespace: kube-system }
subjects: [{ kind: ServiceAccount, name: operator, namespace: written }, { kind: Group, name: all }]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
`

test('moves namespaced objects and the subjects of bindings, and nothing else', () => {
  const objects = releaseObjects(text, 'written', 'here')
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? '-'}`)).toEqual([
    'ServiceAccount here',
    'Service here',
    'RoleBinding kube-system',
    'CustomResourceDefinition -',
  ])
  expect(objects[2]?.subjects).toEqual([
    { kind: 'ServiceAccount', name: 'operator', namespace: 'here' },
    { kind: 'Group', name: 'all' },
  ])
})

test('rejects a text that is not a manifest', () => {
  expect(() => releaseObjects('a: [', 'a', 'b')).toThrow('The manifests of a release are not valid YAML')
  expect(() => releaseObjects('<html></html>', 'a', 'b')).toThrow('not a Kubernetes object with a name')
})
