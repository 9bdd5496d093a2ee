import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { agentUrls, closedAgentUrls } from './agent-urls.ts'

type Opening = NonNullable<EnvironmentInput['egress']>[string]
const pods = { kind: 'pods' as const, namespace: 'tools', labels: { app: 'mcp' }, ports: [8080] } satisfies Opening
const addresses = { kind: 'addresses' as const, cidrs: ['10.20.0.0/24'], ports: [8443] } satisfies Opening
const environment = (url: string, egress: EnvironmentInput['egress'] = {}) =>
  soundEnvironment({ agents: { desk: { settings: { DESK_URL: url, TEAM: 'sales' } } }, egress })

test.each<[string, string, EnvironmentInput['egress']]>([
  ['a public host at port 443', 'https://api.github.com', {}],
  ['a Service whose namespace is opened, at another port than its pods', 'http://mcp.tools.svc:80/mcp', { mcp: pods }],
  ['an address in an opened range', 'https://10.20.0.5:8443', { mcp: addresses }],
  ['a private name at an opened port', 'https://mcp.corp.internal:8443', { mcp: addresses }],
  ['a database', 'postgres://db.corp.internal/tickets', { mcp: addresses }],
])('reports nothing for %s', (_, url, egress) => {
  expect(closedAgentUrls(environment(url, egress))).toEqual([])
})

test.each<[string, string, EnvironmentInput['egress']]>([
  ['a Service without an opening', 'http://mcp.tools.svc:8081/mcp', {}],
  ['a Service of another namespace', 'http://crm.crm.svc', { mcp: pods }],
  ['a public host at another port', 'https://mcp.example.com:8443', {}],
  ['an address outside of the range', 'https://10.30.0.5:8443', { mcp: addresses }],
  ['an address at another port', 'https://10.20.0.5:9443', { mcp: addresses }],
])('reports %s', (_, url, egress) => {
  expect(closedAgentUrls(environment(url, egress))).toHaveLength(1)
})

test('names the setting, the value and an opening for it', () => {
  expect(closedAgentUrls(environment('http://mcp.tools.svc:8081/mcp'))).toEqual([
    `agents.desk.settings.DESK_URL = "http://mcp.tools.svc:8081/mcp" is not a public host at port 443, and nothing in egress leads to it, so NetworkPolicies block connections to it. If a tool connects to it, add it to egress: { kind: 'pods', namespace: 'tools', labels, ports }.`,
  ])
})

test('an opening for a model leads to the same service', () => {
  const models = {
    providers: {
      openai: { baseUrl: 'https://litellm.platform.svc:4000', destination: { ...pods, namespace: 'platform' } },
    },
    default: 'openai:a',
  }
  const settings = { GATEWAY_URL: 'https://litellm.platform.svc:4000' }
  const [url] = agentUrls(soundEnvironment({ models, agents: { desk: { settings } } }))
  expect(url?.reach).toMatchObject({ path: 'models.providers.openai.destination' })
})
