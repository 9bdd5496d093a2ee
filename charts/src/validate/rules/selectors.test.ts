import { describe, expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { selectors } from './selectors.ts'

const other = { 'app.kubernetes.io/name': 'other' }

test('the example has no problem', () => {
  expect(selectors(exampleSubject())).toEqual([])
})

describe('a selector that matches no pod is named', () => {
  test.each([
    ['Deployment', 'spec.selector', 'spec.selector.matchLabels'],
    ['Service', 'spec.selector', 'spec.selector'],
    ['PodDisruptionBudget', 'spec.selector', 'spec.selector.matchLabels'],
    ['Deployment', 'spec.template.spec.topologySpreadConstraints[0].labelSelector', undefined],
  ])('in %s %s', (kind, field, path) => {
    const found = selectors(withValue(kind, path ?? `${field}.matchLabels`, other))
    expect(found).toMatchObject([{ field }])
    expect(found[0]?.problem).toContain('app.kubernetes.io/name=other')
  })

  test('in a NetworkPolicy, for its own pods and for its peers', () => {
    const subject = exampleSubject()
    const broken = subject.objects.map((rendered) => {
      const text = JSON.stringify(rendered.object)
      return rendered.path.endsWith('NetworkPolicy.web.yaml')
        ? { ...rendered, object: JSON.parse(text.replaceAll(/"app.kubernetes.io\/name":"(web|prune)"/g, '"app":"$1"')) }
        : rendered
    })
    expect(selectors({ ...subject, objects: broken }).map(({ field }) => field)).toEqual([
      'spec.podSelector',
      'spec.ingress[0].from[0].podSelector',
    ])
  })

  test('in anti-affinity, required and preferred', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: other } }
    const podAntiAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [term],
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
    }
    expect(selectors(withValue('Deployment', 'spec.template.spec.affinity', { podAntiAffinity }))).toHaveLength(2)
  })
})

test('a Service whose target port no container has is reported', () => {
  expect(selectors(withValue('Service', 'spec.ports[0].targetPort', 'metrics'))).toMatchObject([
    { field: 'spec.ports[0].targetPort', problem: 'Deployment web has no port metrics.' },
  ])
})
