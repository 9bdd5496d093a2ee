import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { acmeSolver } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { allowedConnections, type End } from '../../fixtures/network.ts'
import { rendered } from '../../fixtures/rendered.ts'

const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'public',
  controllerNamespace: 'ingress',
  issuer: { kind: 'ClusterIssuer', name: 'acme' },
} as const
const gateway = { name: 'public', namespace: 'ingress' }
const ends: Readonly<Record<string, End>> = {
  controller: { namespace: 'ingress', labels: { app: 'controller' } },
  monitoring: { namespace: 'monitoring', labels: { app: 'prometheus' } },
  neighbour: { namespace: 'other', labels: { app: 'controller' } },
  own: { namespace: 'hadal-test', labels: acmeSolver.labels },
  public: { address: '8.8.8.8' },
}
const probes = { ends, ports: [53, 80, 443, 8000, 8089] }
/** The pod that cert-manager creates for the certificate. */
const solver = 'Certificate deep-agents-tls'

const connections = (exposure: EnvironmentInput['exposure'], direction: 'ingress' | 'egress') =>
  allowedConnections(soundEnvironment({ exposure }), direction, probes)

test("only the Ingress controller reaches the solver's pod, at its port, and the pod opens no connection", () => {
  expect(connections(ingress, 'ingress')[solver]).toEqual(['controller:8089/TCP'])
  expect(connections(ingress, 'egress')[solver]).toBeUndefined()
})

test.each<[string, EnvironmentInput['exposure'], string]>([
  ['an Ingress with TLS admits the one Service of type NodePort that cert-manager creates', ingress, '1'],
  ['an Ingress without TLS admits none', { ...ingress, tls: false }, '0'],
  [
    "a Gateway, whose certificate is issued in the Gateway's namespace, admits none",
    { kind: 'gateway', host: 'a.example.com', gateway },
    '0',
  ],
])('%s', (_what, exposure, nodePorts) => {
  const environment = soundEnvironment({ exposure })
  const hard = rendered(environment, 'tenancy/ResourceQuota.deep-agents.yaml', 'spec', 'hard')
  expect(hard).toMatchObject({ 'services.nodeports': nodePorts, 'services.loadbalancers': '0' })
  const ingressConnections = connections(exposure, 'ingress')
  expect(Object.values(ingressConnections).flat().includes('controller:8089/TCP')).toBe(nodePorts === '1')
})
