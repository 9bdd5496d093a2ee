import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

it.each(['default', 'kube-system', 'argocd', 'monitoring'])('refuses the namespace %s', (namespace) => {
  expect(sentencesAbout({ ...soundInput, namespace })).toHaveLength(1)
})

it('refuses a namespace that the cluster gave to another, and says whose it is', () => {
  const cluster = { ...soundInput.cluster, argocdNamespace: 'delivery' }
  expect(sentencesAbout({ ...soundInput, cluster, namespace: 'delivery' })).toEqual([
    'namespace = "delivery": Allowed is a namespace of the environment\'s own; this one is Argo CD\'s. Name another one, e.g. "hadal-prod".',
  ])
  expect(sentencesAbout({ ...soundInput, cluster, namespace: 'argocd' })).toEqual([])
})
