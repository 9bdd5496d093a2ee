import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { type PodPart, selectorLabels } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { allows, type End } from '../../fixtures/network.ts'
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
const portNumbers = [53, 80, 443, 4000, 4001, 6443, 8080, 8443]

/** All connections, as `<end>:<port>/<protocol>`, that pods of one part may open to the ends above. */
function opened(environment: Environment, part: PodPart): string[] {
  const objects = renderEnvironment(environment)
  const from = { namespace: environment.namespace, labels: selectorLabels(part) }
  return Object.entries(ends).flatMap(([name, end]) =>
    portNumbers.flatMap((port) =>
      (['TCP', 'UDP'] as const)
        .filter((protocol) => allows(objects, 'egress', from, end, { port, protocol }))
        .map((protocol) => `${name}:${port}/${protocol}`),
    ),
  )
}

/** Connections that a change of the environment allows in addition, by part. */
function added(change: Partial<EnvironmentInput>): Partial<Record<PodPart, string[]>> {
  const [before, after] = [soundEnvironment({ agent }), soundEnvironment({ agent, ...change })]
  return Object.fromEntries(
    (['server', 'worker', 'migrate', 'database', 'pooler', 'cache'] as const).flatMap((part) => {
      const known = opened(before, part)
      const fresh = opened(after, part).filter((connection) => !known.includes(connection))
      return fresh.length > 0 ? [[part, fresh]] : []
    }),
  )
}

const withModels = (openai: NonNullable<EnvironmentInput['models']['providers']['openai']>) => ({
  models: { providers: { openai }, default: 'openai:a-model' } satisfies EnvironmentInput['models'],
})

test('without destinations, an agent reaches public addresses by HTTPS and nothing else of these', () => {
  expect(opened(soundEnvironment({ agent }), 'worker')).toEqual(['public:443/TCP'])
})

test("a model provider's pods are opened to the pods that run agents, on their ports, and nothing else", () => {
  const destination = { kind: 'pods' as const, ...proxy, ports: [4000] }
  expect(added(withModels({ baseUrl: 'https://litellm.platform.svc', destination }))).toEqual({
    worker: ['proxy:4000/TCP'],
  })
  expect(
    added(
      withModels({ baseUrl: 'http://litellm.platform.svc:4000', destination: { ...destination, plainHttp: true } }),
    ),
  ).toEqual({ worker: ['proxy:4000/TCP'] })
})

test("a model provider's addresses are opened to the pods that run agents, on their ports, and nothing else", () => {
  const destination = { kind: 'addresses' as const, cidrs: ['10.20.0.5/32'], ports: [8443] }
  expect(added(withModels({ baseUrl: 'https://10.20.0.5:8443/v1', destination }))).toEqual({
    worker: ['inside:8443/TCP'],
  })
})

test('named openings are opened to the pods that run agents, on their ports, and nothing else', () => {
  const egress = {
    crm: { kind: 'addresses' as const, cidrs: ['10.20.0.5/32', '8.8.8.0/24'], ports: [8080, 8443] },
    mcp: { kind: 'pods' as const, ...proxy, ports: [80] },
  }
  expect(added({ egress })).toEqual({
    worker: ['proxy:80/TCP', 'inside:8080/TCP', 'inside:8443/TCP', 'public:8080/TCP', 'public:8443/TCP'],
  })
})

test('an opening is for the pods that run agents in both topologies', () => {
  const egress = { mcp: { kind: 'pods' as const, ...proxy, ports: [8080] } }
  expect(opened(soundEnvironment({ egress }), 'server')).toContain('proxy:8080/TCP')
  expect(opened(soundEnvironment({ egress, agent }), 'server')).not.toContain('proxy:8080/TCP')
})
