import { describe, expect, it } from 'vitest'
import { soundEnvironment } from './fixtures/example-environment.ts'
import {
  argocdNames,
  commonLabels,
  components,
  databaseHosts,
  gatewayListener,
  type PodPart,
  redisHost,
  secretFileVariable,
  selectorLabels,
} from './names.ts'

const parts: readonly PodPart[] = ['server', 'worker', 'migrate', 'backup', 'drill', 'database', 'pooler', 'cache']
const external = { kind: 'external' as const, host: 'db.example.com', addresses: ['192.0.2.0/28'] }

it('the selector of a part selects its own pods and no others', () => {
  const environment = soundEnvironment()
  for (const selecting of parts)
    for (const part of parts) {
      const podLabels: Readonly<Record<string, string>> = { ...commonLabels(environment), ...selectorLabels(part) }
      const selected = Object.entries(selectorLabels(selecting)).every(([label, value]) => podLabels[label] === value)
      expect([selecting, part, selected]).toEqual([selecting, part, selecting === part])
    }
})

it('a secret variable names the file that is mounted from its Secret', () => {
  expect(secretFileVariable('DATABASE_URL')).toEqual(['DATABASE_URL_FILE', '/run/secrets/db-credentials/url'])
  expect(secretFileVariable('ANTHROPIC_API_KEY')).toEqual([
    'ANTHROPIC_API_KEY_FILE',
    '/run/secrets/llm-credentials/anthropic-key',
  ])
})

it("Argo CD's names fit into a label for the longest name of an environment", () => {
  const environment = soundEnvironment({ name: 'e'.repeat(40) })
  for (const component of components)
    expect(argocdNames.application(environment, component).length).toBeLessThanOrEqual(63)
})

it("the Gateway's listener is the configured one, otherwise the usual one with or without TLS", () => {
  const exposure = {
    kind: 'gateway',
    host: 'a.example.com',
    gateway: { name: 'public', namespace: 'gateways' },
  } as const
  expect(gatewayListener({ ...exposure, tls: true })).toBe('https')
  expect(gatewayListener({ ...exposure, tls: false })).toBe('http')
  expect(gatewayListener({ ...exposure, tls: false, gateway: { ...exposure.gateway, listener: 'web' } })).toBe('web')
})

it("Argo CD's names differ for any two environments, even if an environment's name ends with a component's name or with root", () => {
  const endings = ['', ...components.map((component) => `-${component}`), '-root', '-other']
  const names = ['prod', 'agent', 'root'].flatMap((start) =>
    endings.flatMap((one) => endings.map((two) => `${start}${one}${two}`)),
  )
  const applications = [...new Set(names)].flatMap((name) => [
    argocdNames.root({ name }),
    ...components.map((component) => argocdNames.application({ name }, component)),
  ])
  expect(applications.length).toBeGreaterThan(2000)
  expect(applications.filter((name, index) => applications.indexOf(name) !== index)).toEqual([])
  expect(argocdNames.root({ name: 'prod' })).toBe('hadal-prod')
  expect(argocdNames.root({ name: 'prod-agent' })).toBe('hadal-prod-agent-root')
})

it("the host of Redis is the Service of the single pod, of the operator's masters, or the external host", () => {
  expect(redisHost(soundEnvironment())).toBe('redis.hadal-test.svc')
  expect(redisHost(soundEnvironment({ redis: { kind: 'cluster' } }))).toBe('redis-leader.hadal-test.svc')
  const elsewhere = { ...external, mode: 'cluster' as const, host: 'redis.example.com' }
  expect(redisHost(soundEnvironment({ redis: elsewhere }))).toBe('redis.example.com')
})

describe('the hosts of the database', () => {
  it('are Services of the poolers, of the primary itself and of the poolers of the replicas in a cluster', () => {
    expect(databaseHosts(soundEnvironment())).toEqual({
      url: 'postgres.hadal-test.svc',
      direct: 'postgres-direct.hadal-test.svc',
      read: 'postgres-read.hadal-test.svc',
    })
  })

  it('are a single host with one pod, or without a replica', () => {
    const standalone = soundEnvironment({ postgres: { kind: 'standalone', maxConnections: 1000 } })
    expect(databaseHosts(standalone)).toEqual({
      url: 'postgres.hadal-test.svc',
      direct: 'postgres.hadal-test.svc',
      read: undefined,
    })
    expect(databaseHosts(soundEnvironment({ postgres: external })).read).toBeUndefined()
  })

  it('are those of the configuration if the database is external', () => {
    const environment = soundEnvironment({ postgres: { ...external, readHost: 'read.example.com' } })
    expect(databaseHosts(environment)).toEqual({
      url: 'db.example.com',
      direct: 'db.example.com',
      read: 'read.example.com',
    })
  })
})
