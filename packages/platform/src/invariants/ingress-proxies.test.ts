import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'public',
  issuer: { kind: 'ClusterIssuer', name: 'acme' },
}
const sentences = (proxies: object) => sentencesAbout({ ...soundInput, exposure: { ...ingress, ...proxies } })

test('an Ingress requires the namespace or the addresses of its proxies', () => {
  expect(sentences({})).toEqual([
    'exposure.controllerNamespace: Missing. The NetworkPolicy of the API admits only the proxies of the Ingress. Add the namespace of the Ingress controller, or exposure.proxyAddresses with the IPv4 ranges of a load balancer that connects directly to pods.',
  ])
  expect(sentences({ controllerNamespace: 'ingress' })).toEqual([])
  expect(sentences({ proxyAddresses: ['10.0.1.0/24'] })).toEqual([])
})

test('rejects an empty list of addresses, a range wider than /8, and a range with the metadata service', () => {
  for (const proxyAddresses of [[], ['0.0.0.0/0'], ['169.254.0.0/16']])
    expect([proxyAddresses, sentences({ proxyAddresses }).length]).toEqual([proxyAddresses, 1])
})
