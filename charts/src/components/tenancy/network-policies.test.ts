import { rangesContain } from '@hadal/platform/address-ranges'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { ports } from '@hadal/platform/names'
import { App } from 'cdk8s'
import { expect, test } from 'vitest'
import { Tenancy } from '../tenancy.ts'

const split: EnvironmentInput['agent'] = {
  topology: 'split',
  api: { autoscaling: { kind: 'cpu' } },
  worker: { autoscaling: { kind: 'cpu' } },
}

/** The fields of a rendered NetworkPolicy that these tests read. */
interface PolicySpec {
  readonly ingress?: readonly Rule[]
  readonly egress?: readonly Rule[]
}
interface Rule {
  readonly from?: readonly Peer[]
  readonly to?: readonly Peer[]
  readonly ports?: readonly { readonly protocol: string; readonly port: number }[]
}
interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] }
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> }
}

/** Renders one NetworkPolicy with the chart itself. */
function policy(environment: Environment, name: string): PolicySpec {
  const objects = new Tenancy(new App(), 'tenancy', { environment }).toJson()
  const found = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)
  if (!found) throw new Error(`There is no NetworkPolicy ${name}.`)
  return found.spec
}

/** Whether a pod under this policy may open a connection to an address. */
function opens({ egress = [] }: PolicySpec, address: string, port: number): boolean {
  return egress.some(({ to = [], ports: allowed = [] }) => {
    if (!allowed.some((entry) => entry.port === port)) return false
    return to.some(
      ({ ipBlock }) =>
        ipBlock !== undefined &&
        rangesContain([ipBlock.cidr], address) &&
        !rangesContain(ipBlock.except ?? [], address),
    )
  })
}

test('the default policy denies all ingress and egress', () => {
  expect(policy(soundEnvironment(), 'default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
})

test.each([
  '169.254.169.254',
  '100.100.100.200',
  '10.1.2.3',
  '172.20.0.1',
  '192.168.1.1',
  '127.0.0.1',
  '0.0.0.0',
  '224.0.0.1',
])('an agent can not reach %s on any port', (address) => {
  const agent = policy(soundEnvironment(), 'deep-agents')
  for (const port of [80, 443, 8080]) expect(opens(agent, address, port)).toBe(false)
})

test('an agent reaches public addresses by HTTPS only', () => {
  const agent = policy(soundEnvironment(), 'deep-agents')
  expect(opens(agent, '8.8.8.8', 443)).toBe(true)
  expect(opens(agent, '8.8.8.8', 80)).toBe(false)
})

test('an API without workers reaches public addresses only to check tokens, for a sign-in of the author, or to send traces', () => {
  const reaches = (change: Partial<EnvironmentInput>, name: string) =>
    opens(policy(soundEnvironment({ agent: split, ...change }), name), '8.8.8.8', 443)
  expect(reaches({}, 'deep-agents')).toBe(false)
  expect(reaches({}, 'deep-agents-worker')).toBe(true)
  expect(
    reaches({ access: { kind: 'oidc', issuer: 'https://id.example.com', audience: 'agents' } }, 'deep-agents'),
  ).toBe(true)
  expect(reaches({ access: { kind: 'custom' } }, 'deep-agents')).toBe(true)
  expect(reaches({ access: { kind: 'api-keys' } }, 'deep-agents')).toBe(false)
  expect(reaches({ tracing: { kind: 'langsmith', project: 'agents' } }, 'deep-agents')).toBe(true)
})

test('only pods that serve the API reach an issuer at its own destination', () => {
  const access: EnvironmentInput['access'] = {
    kind: 'oidc',
    issuer: 'https://10.1.2.3:8443',
    audience: 'agents',
    destination: { kind: 'addresses', cidrs: ['10.1.2.0/28'], ports: [8443] },
  }
  const environment = soundEnvironment({ agent: split, access })
  expect(opens(policy(environment, 'deep-agents'), '10.1.2.3', 8443)).toBe(true)
  expect(opens(policy(environment, 'deep-agents'), '8.8.8.8', 443)).toBe(false)
  for (const name of ['deep-agents-worker', 'deep-agents-migrate'])
    expect(opens(policy(environment, name), '10.1.2.3', 8443)).toBe(false)
  expect(opens(policy(soundEnvironment({ access }), 'deep-agents'), '10.1.2.3', 8443)).toBe(true)
})

test("an author's own sign-in reaches the environment's openings", () => {
  const egress: EnvironmentInput['egress'] = { users: { kind: 'addresses', cidrs: ['10.20.0.0/24'], ports: [8443] } }
  const reaches = (access: EnvironmentInput['access']) =>
    opens(policy(soundEnvironment({ agent: split, egress, access }), 'deep-agents'), '10.20.0.5', 8443)
  expect(reaches({ kind: 'custom' })).toBe(true)
  expect(reaches({ kind: 'api-keys' })).toBe(false)
})

test.for([
  ['in the cluster, by its namespace', 'https://collector.traces.svc:4318', undefined],
  ['in the cluster, by its whole name', 'https://collector.traces.svc.cluster.local:4318', undefined],
  ['by its address', 'https://10.1.2.3:4318', '10.1.2.3'],
  ['on the internet, on a port of its own', 'https://traces.example.com:4318', '8.8.8.8'],
] as const)('servers reach an OTLP collector %s, and the migration does not', ([, endpoint, address]) => {
  const environment = soundEnvironment({ tracing: { kind: 'otlp', endpoint }, agent: split })
  const reaches = (name: string): boolean => {
    const found = policy(environment, name)
    if (address) return opens(found, address, 4318)
    return (found.egress ?? []).some(
      ({ to, ports: allowed }) =>
        allowed?.[0]?.port === 4318 &&
        to?.[0]?.namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] === 'traces',
    )
  }
  expect(['deep-agents', 'deep-agents-worker', 'deep-agents-migrate'].map(reaches)).toEqual([true, true, false])
})

test('the migration reaches the database and nothing else', () => {
  const external = soundEnvironment({
    postgres: { kind: 'external', host: 'db.example.com', port: 6432, addresses: ['192.0.2.0/28'] },
  })
  const migrate = policy(external, 'deep-agents-migrate')
  expect(opens(migrate, '192.0.2.5', 6432)).toBe(true)
  expect(opens(migrate, '192.0.2.5', 5432)).toBe(false)
  expect(opens(migrate, '192.0.2.99', 6432)).toBe(false)
  expect(opens(migrate, '8.8.8.8', 443)).toBe(false)
  expect(migrate.ingress).toBeUndefined()
})

test("only Prometheus' namespace opens the port of the metrics, and it opens no other", () => {
  const agent = policy(
    soundEnvironment({ cluster: { operators: 'present', monitoringNamespace: 'watch' } }),
    'deep-agents',
  )
  const watching = agent.ingress?.filter(({ from }) =>
    from?.some(({ namespaceSelector }) => namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] === 'watch'),
  )
  expect(watching?.flatMap((rule) => rule.ports)).toEqual([{ protocol: 'TCP', port: ports.metrics }])
  const opening = agent.ingress?.filter((rule) => rule.ports?.some(({ port }) => port === ports.metrics))
  expect(opening).toEqual(watching)
})

test('without named clients, no pod reaches the API', () => {
  const agent = policy(soundEnvironment({ exposure: { kind: 'internal' } }), 'deep-agents')
  expect(agent.ingress?.filter((rule) => rule.ports?.some(({ port }) => port === ports.http))).toEqual([])
})

test('separate workers accept no requests', () => {
  const worker = policy(soundEnvironment({ agent: split }), 'deep-agents-worker')
  expect(worker.ingress?.flatMap((rule) => rule.ports?.map(({ port }) => port))).toEqual([ports.metrics])
})

test.each([
  ['cnpg-system', {}],
  ['openshift-operators', { cloudNativePg: 'openshift-operators' }],
])(
  'the operator in namespace %s reaches the instances on ports 8000 and 5432, and no other operator does',
  (namespace, operatorNamespaces) => {
    const environment = soundEnvironment({ cluster: { operators: 'present', operatorNamespaces } })
    const opened = policy(environment, 'postgres').ingress?.flatMap(({ from = [], ports: opening = [] }) =>
      from.flatMap(({ namespaceSelector }) => {
        const name = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name']
        return name === undefined || name === 'monitoring' ? [] : [[name, opening.map(({ port }) => port)]]
      }),
    )
    expect(opened).toEqual([[namespace, [8000, 5432]]])
  },
)

test('the redis-operator reaches the nodes of a cluster from its own namespace', () => {
  const environment = soundEnvironment({
    redis: { kind: 'cluster' },
    cluster: { operators: 'present', operatorNamespaces: { redisOperator: 'redis-system' } },
  })
  const namespaces = policy(environment, 'redis').ingress?.flatMap(({ from = [] }) =>
    from.flatMap(({ namespaceSelector }) => namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? []),
  )
  expect(namespaces).toEqual(['redis-system', 'monitoring'])
})

test("only pods that use a workload identity reach the node's endpoint for its credentials", () => {
  const models = (providers: EnvironmentInput['models']['providers']): EnvironmentInput['models'] => ({
    providers: { anthropic: {}, ...providers },
    default: 'anthropic:a-model',
  })
  const opening = (providers: EnvironmentInput['models']['providers'], name = 'deep-agents-worker') => {
    const spec = policy(soundEnvironment({ agent: split, models: models(providers) }), name)
    const endpoints = [
      ['169.254.170.23', 80],
      ['169.254.169.254', 80],
      ['169.254.169.252', 988],
    ] as const
    return endpoints.flatMap(([address, port]) => (opens(spec, address, port) ? [address] : []))
  }
  const vertex = { project: 'acme-agents', location: 'eu' } as const
  const bedrock = { region: 'eu-central-1' } as const
  expect(opening({})).toEqual([])
  expect(opening({ bedrock })).toEqual(['169.254.170.23'])
  expect(opening({ 'google-vertexai': vertex })).toEqual(['169.254.169.254', '169.254.169.252'])
  const key = 'key'
  expect(
    opening({ bedrock: { ...bedrock, credentials: key }, 'google-vertexai': { ...vertex, credentials: key } }),
  ).toEqual([])
  // The API makes no model calls.
  expect(opening({ bedrock, 'google-vertexai': vertex }, 'deep-agents')).toEqual([])
})
