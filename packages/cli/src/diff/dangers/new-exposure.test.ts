import { expect, test } from 'vitest'
import { type Case, dangers, ingress, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a new route',
    [],
    [ingress({})],
    ['new-exposure: Ingress x: It becomes reachable from outside the cluster as a.example.com.'],
  ],
  [
    'a load balancer',
    [object('Service', { spec: {} })],
    [object('Service', { spec: { type: 'LoadBalancer' } })],
    ['new-exposure: Service x: The type of the Service changes to LoadBalancer.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
