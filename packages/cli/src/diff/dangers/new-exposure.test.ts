import { expect, test } from 'vitest'
import { type Case, dangers, ingress, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  ['a new route', [], [ingress({})], ['new-exposure: Ingress x: It is reached from outside as a.example.com.']],
  [
    'a load balancer',
    [object('Service', { spec: {} })],
    [object('Service', { spec: { type: 'LoadBalancer' } })],
    ['new-exposure: Service x: The Service is a LoadBalancer now.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
