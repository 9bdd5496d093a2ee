import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { monitors } from './monitors.ts'

const nothing = { 'app.kubernetes.io/name': 'other' }

test('the example has no problem', () => {
  expect(monitors(exampleSubject())).toEqual([])
})

test.each(['ServiceMonitor', 'PodMonitor'])('a %s without targets is reported', (kind) => {
  expect(monitors(withValue(kind, 'spec.selector.matchLabels', nothing))).toMatchObject([
    { field: 'spec.selector', problem: 'app.kubernetes.io/name=other matches nothing to scrape.' },
  ])
})

test.each([
  ['ServiceMonitor', 'spec.endpoints[0].port'],
  ['PodMonitor', 'spec.podMetricsEndpoints[0].port'],
])('a %s with a port that no container has is reported', (kind, field) => {
  expect(monitors(withValue(kind, field, 'metrics'))).toMatchObject([
    { field, problem: 'The scraped pods or Services have no port "metrics".', mend: 'Use one of http.' },
  ])
})
