import { expect, test } from 'vitest'
import { soundEnvironment } from '../fixtures/example-environment.ts'
import { ClusterDns } from './cluster-dns.ts'

const addresses = (cidr: string, ...ports: number[]) => [
  { kind: 'addresses', cidrs: [cidr], ...(ports[0] && { ports }) },
]

test('the default is CoreDNS in kube-system', () => {
  const expected = { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ports: [53] }
  expect(soundEnvironment().cluster.dns).toEqual([expected])
})

test.each<[cidr: string, ports: number[]]>([
  ['169.254.20.10/32', [53]],
  ['169.254.20.10/32', []],
  ['10.96.0.10/32', [53, 5353]],
])('accepts %s at ports %j', (cidr, ports) => {
  expect(ClusterDns.safeParse(addresses(cidr, ...ports)).success).toBe(true)
})

test.each<[string, unknown]>([
  ['no resolver', []],
  ['all addresses', addresses('0.0.0.0/0')],
  ['a range of link-local addresses', addresses('169.254.0.0/16')],
  ["the port of the cloud's metadata service", addresses('169.254.169.254/32', 80)],
])('rejects %s', (_what, dns) => {
  expect(ClusterDns.safeParse(dns).success).toBe(false)
})
