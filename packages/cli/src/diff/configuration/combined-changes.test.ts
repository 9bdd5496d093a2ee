import { defineEnvironment } from '@hadal/platform/define-environment'
import type { EnvironmentInput } from '@hadal/platform/environment'
import { describe, expect, it } from 'vitest'
import { prodLike } from '../fixtures/prod-like.ts'
import { configurationDangers } from './configuration-dangers.ts'

/** Dangers of a change of the prod-like environment, each as `<rule> <field>`. */
function dangers(before: Partial<EnvironmentInput>, after: Partial<EnvironmentInput>): readonly string[] {
  const define = (change: Partial<EnvironmentInput>) => defineEnvironment({ ...prodLike, ...change })
  return configurationDangers(define(before), define(after)).map(({ rule, field }) => `${rule} ${field}`)
}

type Egress = NonNullable<EnvironmentInput['egress']>[string]

const development = { protected: false, development: true } as const
const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'inner',
  controllerNamespace: 'ingress',
  issuer: { kind: 'Issuer', name: 'company' },
} as const

describe('a change of a kind does not hide other changes', () => {
  it('of the same part of the configuration', () => {
    const found = dangers(
      {},
      {
        agent: {
          topology: 'together',
          all: { autoscaling: { kind: 'cpu', min: 4 }, minAvailable: 2 },
          drainSeconds: 10,
          gracePeriodSeconds: 60,
          logLevel: 'error',
        },
      },
    )
    expect(found).toContain('interrupted-runs agent.drainSeconds')
    expect(found).toContain('interrupted-runs agent.gracePeriodSeconds')
    expect(found).toContain('less-observed agent.logLevel')
  })

  it('of TLS, which both kinds have or only the new one', () => {
    const gateway = { kind: 'gateway', host: ingress.host, gateway: { name: 'inner', namespace: 'gateways' } } as const
    const open = { ...development, exposure: { ...ingress, tls: false } }
    expect(dangers({ ...development, exposure: gateway }, open)).toContain('tls-off exposure.tls')
    expect(dangers(development, open)).toContain('tls-off exposure.tls')
    const traces = { ...development, tracing: { kind: 'otlp', endpoint: 'http://collector.traces.svc:4318' } } as const
    expect(dangers(development, traces)).toContain('tls-off tracing.endpoint')
  })

  it('and finds nothing in fields that only one kind has', () => {
    const withTls = { ...development, exposure: ingress }
    expect(dangers(development, withTls)).toEqual(['lost-clients exposure'])
  })
})

describe('proxies from which the API can no longer be reached', () => {
  const gateway = { kind: 'gateway', host: ingress.host, gateway: { name: 'inner', namespace: 'gateways' } } as const
  const lost = (before: EnvironmentInput['exposure'], after: EnvironmentInput['exposure']) =>
    dangers({ ...development, exposure: before }, { ...development, exposure: after })

  it('are a danger', () => {
    const proxyAddresses = ['10.0.1.0/24', '10.0.2.0/24']
    expect(lost(ingress, { ...ingress, controllerNamespace: 'other' })).toEqual(['lost-clients exposure'])
    expect(lost(gateway, { ...gateway, proxyAddresses })).toEqual(['lost-clients exposure'])
    expect(lost({ ...gateway, proxyAddresses }, { ...gateway, proxyAddresses: ['10.0.1.0/24'] })).toEqual([
      'lost-clients exposure',
    ])
  })

  it('are none if another range includes them', () => {
    const proxyAddresses = ['10.0.1.0/24']
    expect(lost({ ...gateway, proxyAddresses }, { ...gateway, proxyAddresses: ['10.0.0.0/16'] })).toEqual([])
    expect(lost(gateway, { ...gateway, proxyNamespace: 'gateways', proxyAddresses })).toEqual([])
  })
})

describe('destinations to which pods can no longer connect', () => {
  const crm: Egress = { kind: 'addresses', cidrs: ['10.1.0.0/24'], ports: [443] }
  const pods: Egress = { kind: 'pods', namespace: 'tools', labels: { app: 'mcp' }, ports: [8080] }

  it('are a danger', () => {
    expect(dangers({ egress: { crm, pods } }, { egress: { crm } })).toEqual(['lost-destinations egress'])
    expect(dangers({ egress: { crm } }, { egress: { crm: { ...crm, ports: [8443] } } })).toEqual([
      'lost-destinations egress',
    ])
    const { cluster } = prodLike
    const resolver = { kind: 'addresses' as const, cidrs: ['10.96.0.10/32'] }
    expect(dangers({}, { cluster: { ...cluster, dns: [resolver] } })).toEqual(['lost-destinations cluster.dns'])
    const apiServers = { ...cluster, apiServerAddresses: ['192.0.2.32/32', '192.0.2.33/32'] }
    expect(dangers({ cluster: apiServers }, {})).toEqual(['lost-destinations cluster.apiServerAddresses'])
  })

  it('are none if another destination includes them', () => {
    const wide: Egress = { kind: 'addresses', cidrs: ['10.1.0.0/16'], ports: [80, 443] }
    const wider: Egress = { ...pods, ports: [8080, 9090] }
    expect(dangers({ egress: { crm, pods } }, { egress: { other: wide, wider } })).toEqual([])
    expect(dangers({}, { cluster: { ...prodLike.cluster, apiServerAddresses: ['192.0.2.0/24'] } })).toEqual([])
  })
})
