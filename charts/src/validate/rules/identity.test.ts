import { expect, test } from 'vitest'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { identity } from './identity.ts'

test('the example has no problem', () => {
  expect(identity(exampleSubject())).toEqual([])
})

test('an object in another namespace is reported with the right namespace', () => {
  expect(identity(withValue('Service', 'metadata.namespace', 'default'))).toMatchObject([
    { field: 'metadata.namespace', problem: 'The namespace "default" is wrong.' },
  ])
  expect(identity(withValue('Service', 'metadata.namespace', undefined))).toMatchObject([
    { problem: 'The object has no namespace.' },
  ])
})

test("Argo CD's objects belong to its own namespace", () => {
  const application = (namespace: string) =>
    identity(
      withObject({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'x', namespace } }),
    )
  expect(application('argocd')).toEqual([])
  expect(application('example')).toHaveLength(1)
})

test('two objects of one kind and name are reported, also in two versions of their API', () => {
  const found = identity(
    withObject({ apiVersion: 'apps/v2', kind: 'Deployment', metadata: { name: 'web', namespace: 'example' } }),
  )
  expect(found).toMatchObject([{ field: 'metadata.name' }])
  expect(found[0]?.problem).toBe(
    'Deployment web is rendered twice; the first is agent/Deployment.web.yaml, by charts/src/components/agent.ts.',
  )
})

test("a file with another path than its object's is reported", () => {
  const subject = exampleSubject()
  const objects = subject.objects.map((rendered) => ({ ...rendered, path: rendered.path.replace('ConfigMap', 'cm') }))
  expect(identity({ ...subject, objects })).toMatchObject([
    {
      problem: 'The path of the file, agent/cm.web.yaml, does not match the object.',
      mend: expect.stringContaining('agent/ConfigMap.web.yaml'),
    },
  ])
})
