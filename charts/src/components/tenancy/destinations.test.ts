import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { addedConnections, allowedConnections, type End } from '../../fixtures/network.ts'
import { renderEnvironment } from '../../render-environment.ts'

const agent: EnvironmentInput['agent'] = {
  topology: 'split',
  api: { autoscaling: { kind: 'cpu' } },
  worker: { autoscaling: { kind: 'cpu' } },
}
const proxy = { namespace: 'platform', labels: { app: 'litellm' } }
const ends: Readonly<Record<string, End>> = {
  proxy: { ...proxy, labels: { ...proxy.labels, 'pod-template-hash': 'a' } },
  neighbour: { namespace: 'platform', labels: { app: 'other' } },
  elsewhere: { namespace: 'other', labels: { app: 'litellm' } },
  own: { namespace: 'hadal-test', labels: { app: 'litellm' } },
  inside: { address: '10.20.0.5' },
  beside: { address: '10.20.0.6' },
  metadata: { address: '169.254.169.254' },
  public: { address: '8.8.8.8' },
}
const probes = { ends, ports: [53, 80, 443, 4000, 4001, 4318, 6443, 8080, 8443, 9000] }

const opened = (change: Partial<EnvironmentInput>) =>
  allowedConnections(soundEnvironment({ agent, ...change }), 'egress', probes)
/** Connections that a change of the environment allows in addition. */
const added = (change: Partial<EnvironmentInput>, before: Partial<EnvironmentInput> = {}) =>
  addedConnections('egress', soundEnvironment({ agent, ...before }), soundEnvironment({ agent, ...change }), probes)
const worker = 'Deployment deep-agents-worker'
const server = 'Deployment deep-agents'

const withModels = (openai: NonNullable<EnvironmentInput['models']['providers']['openai']>) => ({
  models: { providers: { openai }, default: 'openai:a-model' } satisfies EnvironmentInput['models'],
})

test('without destinations, an agent reaches public addresses by HTTPS and nothing else of these', () => {
  expect(opened({})).toEqual({ [worker]: ['public:443/TCP'] })
})

const litellm = { kind: 'pods' as const, ...proxy, ports: [4000] }
const addresses = { kind: 'addresses' as const, cidrs: ['10.20.0.5/32'], ports: [8443] }

test("a model provider's pods are opened to the pods that run agents, on their ports, and nothing else", () => {
  const https = withModels({ baseUrl: 'https://litellm.platform.svc', destination: litellm })
  expect(added(https)).toEqual({ [worker]: ['proxy:4000/TCP'] })
  const plain = withModels({
    baseUrl: 'http://litellm.platform.svc:4000',
    destination: { ...litellm, plainHttp: true },
  })
  expect(added(plain)).toEqual({ [worker]: ['proxy:4000/TCP'] })
})

test("a model provider's addresses are opened to the pods that run agents, on their ports, and nothing else", () => {
  expect(added(withModels({ baseUrl: 'https://10.20.0.5:8443/v1', destination: addresses }))).toEqual({
    [worker]: ['inside:8443/TCP'],
  })
})

test('named openings are opened to the pods that run agents, on their ports, and nothing else', () => {
  const egress = {
    crm: { ...addresses, cidrs: ['10.20.0.5/32', '8.8.8.0/24'], ports: [8080, 8443] },
    mcp: { ...litellm, ports: [80] },
  }
  expect(added({ egress })).toEqual({
    [worker]: ['proxy:80/TCP', 'inside:8080/TCP', 'inside:8443/TCP', 'public:8080/TCP', 'public:8443/TCP'],
  })
})

test('an opening is for the pods that run agents in both topologies', () => {
  const together: EnvironmentInput['agent'] = { topology: 'together', all: { autoscaling: { kind: 'cpu' } } }
  expect(added({ egress: { mcp: litellm }, agent: together }, { agent: together })).toEqual({
    [server]: ['proxy:4000/TCP'],
  })
  expect(added({ egress: { mcp: litellm } })).toEqual({ [worker]: ['proxy:4000/TCP'] })
})

const langsmith = { kind: 'langsmith' as const, project: 'agents' }
const otlp = { kind: 'otlp' as const, endpoint: 'https://collector.internal:4318' }

test.each<[string, EnvironmentInput['tracing'], EnvironmentInput['tracing'], string]>([
  [
    "LangSmith's pods",
    { ...langsmith, endpoint: 'https://langsmith.platform.svc', destination: litellm },
    langsmith,
    'proxy:4000/TCP',
  ],
  ["a collector's addresses", { ...otlp, destination: { ...addresses, ports: [4318] } }, undefined, 'inside:4318/TCP'],
  [
    "a collector's pods",
    { ...otlp, endpoint: 'https://collector.platform.svc', destination: { ...litellm, ports: [8443] } },
    undefined,
    'proxy:8443/TCP',
  ],
])('%s are opened to all pods of the server, and nothing else', (_what, tracing, before, connection) => {
  expect(added({ tracing }, { tracing: before })).toEqual({ [server]: [connection], [worker]: [connection] })
})

const jobs = ['CronJob deep-agents-backup', 'CronJob deep-agents-drill']
const database = 'Cluster postgres'
const each = (pods: readonly string[], connection: string) => Object.fromEntries(pods.map((one) => [one, [connection]]))

test('the storage of backups is opened to the pods of the database, of backups and of drills, and to servers, which log deletions', () => {
  const s3 = { kind: 's3' as const, bucket: 'backups' }
  // Workers already reach public addresses.
  const toPublic = each([database, ...jobs, server], 'public:443/TCP')
  expect(added({ backup: s3 })).toEqual(toPublic)
  expect(added({ backup: { ...s3, endpoint: 's3.example.com' } })).toEqual(toPublic)
  const destination = { ...litellm, ports: [9000] }
  expect(added({ backup: { ...s3, endpoint: 'minio.platform.svc', destination } })).toEqual(
    each([database, ...jobs, server, worker], 'proxy:9000/TCP'),
  )
})

test('an agent with a token, an internal API and an MCP server gets its values and reaches exactly these two', () => {
  const change: Partial<EnvironmentInput> = {
    agents: {
      tickets: {
        settings: { TICKETS_URL: 'https://10.20.0.5:8443', TICKETS_MCP_URL: 'http://mcp.platform.svc:4000/mcp' },
        secrets: ['TICKETS_TOKEN'],
      },
    },
    egress: { tickets: addresses, 'tickets-mcp': litellm },
  }
  expect(added(change)).toEqual({ [worker]: ['proxy:4000/TCP', 'inside:8443/TCP'] })
  const values = renderEnvironment(soundEnvironment({ agent, ...change }))
    .flatMap(({ text }) => text)
    .join()
  for (const value of ['https://10.20.0.5:8443', 'http://mcp.platform.svc:4000/mcp']) expect(values).toContain(value)
})
