import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { allowedConnections, type End } from '../../fixtures/network.ts'
import { settingVariables } from '../agent/variables.ts'

type Exposure = EnvironmentInput['exposure']

const host = 'agents.example.com'
const gateway = { kind: 'gateway', host, gateway: { name: 'public', namespace: 'gateways' } } as const
const ingress = { kind: 'ingress', host, className: 'public', issuer: { kind: 'ClusterIssuer', name: 'acme' } } as const
const proxyAddresses = ['10.0.1.0/24', '35.191.0.0/16']

const ends: Readonly<Record<string, End>> = {
  gateways: { namespace: 'gateways', labels: { app: 'proxy' } },
  proxies: { namespace: 'proxies', labels: { app: 'proxy' } },
  neighbour: { namespace: 'other', labels: { app: 'proxy' } },
  // The first and the last address of each range, and their neighbours outside.
  '10.0.0.255': { address: '10.0.0.255' },
  '10.0.1.0': { address: '10.0.1.0' },
  '10.0.1.255': { address: '10.0.1.255' },
  '10.0.2.0': { address: '10.0.2.0' },
  '35.191.255.255': { address: '35.191.255.255' },
  '35.192.0.0': { address: '35.192.0.0' },
  public: { address: '8.8.8.8' },
}
const balancer = ['10.0.1.0', '10.0.1.255', '35.191.255.255']
const api = 'Deployment deep-agents'
const solver = 'Certificate deep-agents-tls'

const admitted = (names: readonly string[], port: number) => names.map((name) => `${name}:${port}/TCP`)

test.each<[what: string, exposure: Exposure, names: readonly string[]]>([
  ["a Gateway's namespace by default", gateway, ['gateways']],
  ["the namespace of a Gateway's proxies", { ...gateway, proxyNamespace: 'proxies' }, ['proxies']],
  ["the addresses of a Gateway's load balancer", { ...gateway, proxyAddresses }, balancer],
  [
    'the addresses of a load balancer and a named namespace',
    { ...gateway, proxyNamespace: 'proxies', proxyAddresses },
    ['proxies', ...balancer],
  ],
  ["an Ingress controller's namespace", { ...ingress, controllerNamespace: 'proxies' }, ['proxies']],
  ["the addresses of an Ingress' load balancer", { ...ingress, proxyAddresses }, balancer],
  [
    'the namespaces of the clients of an internal API',
    { kind: 'internal', clientNamespaces: ['other'] },
    ['neighbour'],
  ],
])('the API accepts connections from %s and from nothing else', (_what, exposure, names) => {
  const environment = soundEnvironment({ exposure })
  const connections = allowedConnections(environment, 'ingress', { ends, ports: [80, 443, 8000, 8089, 9090] })
  const challenge = exposure.kind === 'ingress' ? { [solver]: admitted(names, 8089) } : {}
  expect(connections).toEqual({ [api]: admitted(names, 8000), ...challenge })
})

test.each<[what: string, exposure: Exposure, trusted: string | undefined]>([
  ['one address that a Gateway appends', gateway, '1'],
  ['one address that an Ingress controller appends', { ...ingress, controllerNamespace: 'ingress' }, '1'],
  ['as many as configured', { ...gateway, proxyAddresses, trustedProxies: 2 }, '2'],
  ['no address from a client inside the cluster', { kind: 'internal' }, undefined],
])('of X-Forwarded-For, the server trusts %s', (_what, exposure, trusted) => {
  expect(settingVariables(soundEnvironment({ exposure })).TRUSTED_PROXIES).toBe(trusted)
})
