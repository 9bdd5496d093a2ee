import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

it.each(['default', 'kube-system', 'argocd', 'monitoring'])('rejects the namespace %s', (namespace) => {
  expect(sentencesAbout({ ...soundInput, namespace })).toHaveLength(1)
})

it("rejects a namespace that is Argo CD's or Prometheus', and names its owner", () => {
  const cluster = { ...soundInput.cluster, argocdNamespace: 'delivery' }
  expect(sentencesAbout({ ...soundInput, cluster, namespace: 'delivery' })).toEqual([
    'namespace = "delivery": Must be a namespace that only this environment uses, but this one is Argo CD\'s. Choose another one, e.g. "hadal-prod".',
  ])
  expect(sentencesAbout({ ...soundInput, cluster, namespace: 'argocd' })).toEqual([])
})
