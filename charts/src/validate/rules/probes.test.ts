import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { probes } from './probes.ts'

const container = 'spec.template.spec.containers[0]'

test('the example has no problem', () => {
  expect(probes(exampleSubject())).toEqual([])
})

test('a probe of a port that its container lacks is reported, by name and by number', () => {
  expect(probes(withValue('Deployment', `${container}.livenessProbe.httpGet.port`, 'htp'))).toMatchObject([
    {
      field: `${container}.livenessProbe.httpGet.port`,
      problem: 'Container web has no port htp.',
      mend: 'Use one of 8000, http.',
    },
  ])
  expect(probes(withValue('Deployment', `${container}.readinessProbe.httpGet.port`, 8080))).toHaveLength(1)
})
