import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { describe, expect, test } from 'vitest'
import { rendered, renderedObject } from '../../fixtures/rendered.ts'
import { renderEnvironment } from '../../render-environment.ts'
import { validateManifests } from '../../validate/validate-manifests.ts'

const tickets = { settings: { TICKETS_URL: 'https://tickets.example.com' }, secrets: ['TICKETS_TOKEN', 'MCP_TOKEN'] }
const withAgents = (change: Partial<EnvironmentInput> = {}) => soundEnvironment({ agents: { tickets }, ...change })
const pod = ['spec', 'template', 'spec'] as const
const serverPath = 'agent/Deployment.deep-agents.yaml'

describe('settings and secrets of an agent', () => {
  test('the ConfigMap has the settings and the names of the secrets, as the environment writes them', () => {
    const text = rendered(withAgents(), 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'AGENT_SETTINGS')
    expect(JSON.parse(String(text))).toEqual({ tickets })
  })

  test('a changed setting replaces the pods', () => {
    const checksum = (change: Partial<EnvironmentInput>) =>
      rendered(withAgents(change), serverPath, 'spec', 'template', 'metadata', 'annotations')
    const other = { ...tickets, settings: { TICKETS_URL: 'https://other.example.com' } }
    expect(checksum({})).not.toEqual(checksum({ agents: { tickets: other } }))
  })

  test('secrets are files with exactly the named keys, in servers and workers but not in migrations, and never variables', () => {
    const environment = withAgents({
      agent: { topology: 'split', api: { autoscaling: { kind: 'none' } }, worker: { autoscaling: { kind: 'none' } } },
    })
    const volume = {
      name: 'secret-agent-tickets',
      secret: {
        secretName: 'agent-tickets',
        defaultMode: 0o440,
        items: tickets.secrets.map((key) => ({ key, path: key })),
      },
    }
    for (const path of [serverPath, 'agent/Deployment.deep-agents-worker.yaml']) {
      expect(rendered(environment, path, ...pod, 'volumes')).toContainEqual(volume)
      expect(rendered(environment, path, ...pod, 'containers', 0, 'volumeMounts')).toContainEqual({
        name: 'secret-agent-tickets',
        mountPath: '/run/secrets/agent-tickets',
        readOnly: true,
      })
      expect(JSON.stringify(rendered(environment, path, ...pod, 'containers', 0, 'env'))).not.toContain('TOKEN')
    }
    expect(renderedObject(environment, 'agent/Job.deep-agents-migrate.yaml').text).not.toContain('agent-tickets')
  })

  test('an ExternalSecret takes the values from their own entry of the store', () => {
    const environment = withAgents({
      secrets: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'store' }, path: 'hadal/test' },
    })
    const path = 'secrets/ExternalSecret.agent-tickets.yaml'
    expect(rendered(environment, path, 'spec', 'dataFrom')).toEqual([{ extract: { key: 'hadal/test/agent-tickets' } }])
    expect(Object.keys(rendered(environment, path, 'spec', 'target', 'template', 'data') as object).sort()).toEqual([
      'MCP_TOKEN',
      'TICKETS_TOKEN',
    ])
    expect(validateManifests(environment, renderEnvironment(environment))).toEqual([])
  })

  test('an environment without them renders neither variable nor Secret', () => {
    const environment = soundEnvironment()
    expect(rendered(environment, 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'AGENT_SETTINGS')).toBeUndefined()
    expect(renderedObject(environment, serverPath).text).not.toContain('secret-agent-')
  })

  test('a token among the settings is refused', () => {
    const token = `ghp_${'a1'.repeat(18)}`
    expect(() => withAgents({ agents: { tickets: { settings: { TOKEN: token }, secrets: [] } } })).toThrow(
      /agents\.tickets\.settings\.TOKEN = "\(hidden\)": Contains a key or token/,
    )
  })
})
