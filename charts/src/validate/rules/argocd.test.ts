import { expect, test } from 'vitest'
import type { Json } from '../../rendered-object.ts'
import { exampleObject, exampleSubject } from '../fixtures/example-objects.ts'
import { ofKind, type Subject } from '../subject.ts'
import { argocd } from './argocd.ts'

const destination = { server: 'https://kubernetes.default.svc', namespace: 'example' }
const repoURL = 'https://git.example.com/platform.git'

/** An example environment that one Application syncs. */
function synced(change: { source?: Json; destination?: Json; kinds?: Json } = {}): Subject {
  const subject = exampleSubject()
  const kinds = subject.objects.map(({ object }) => ({
    group: object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '',
    kind: object.kind,
  }))
  const project = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'example', namespace: 'argocd' },
    spec: { sourceRepos: [repoURL], destinations: [destination], namespaceResourceWhitelist: change.kinds ?? kinds },
  }
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'example-agent', namespace: 'argocd' },
    spec: {
      project: 'example',
      source: change.source ?? { repoURL, path: 'environments/example/manifests/agent' },
      destination: change.destination ?? destination,
    },
  }
  const objects = [project, application].map((object) => ({ ...exampleObject(object), component: 'argocd' }))
  return { ...subject, objects: [...subject.objects, ...objects] }
}

test('a component with one Application and allowed kinds has no problem', () => {
  expect(argocd(synced())).toEqual([])
})

test('a missing folder and the component without an Application are reported', () => {
  const source = { repoURL, path: 'environments/example/manifests/agents' }
  expect(argocd(synced({ source })).map(({ problem }) => problem)).toEqual([
    '"environments/example/manifests/agents" is not a folder of rendered objects.',
    'No Application syncs agent.',
  ])
})

test('a repository or a destination that the project does not allow is reported', () => {
  const source = { repoURL: 'https://git.example.com/other.git', path: 'environments/example/manifests/agent' }
  expect(argocd(synced({ source }))).toMatchObject([{ field: 'spec.source.repoURL' }])
  expect(argocd(synced({ destination: { ...destination, namespace: 'other' } }))).toMatchObject([
    { field: 'spec.destination' },
  ])
})

test('an object of a kind that the project does not allow is reported', () => {
  const kinds = [{ group: 'apps', kind: 'Deployment' }]
  const found = argocd(synced({ kinds }))
  expect(found).toHaveLength(exampleSubject().objects.length - ofKind(exampleSubject(), 'Deployment').length)
  expect(found[0]?.problem).toBe('AppProject example does not allow /ServiceAccount, so Argo CD would refuse it.')
})
