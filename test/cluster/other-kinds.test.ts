import { renderEnvironment } from '@hadal/charts/render-environment'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootstrap, waitForSync } from './ground/applications.ts'
import { connect, environmentNamed, remove } from './ground/deployed.ts'

const ground = connect()
const { cluster, repository } = ground

/** Choices of the environment's schema that no environment of the checkout uses. */
const choices = {
  'a Redis cluster, a queue that scales, a Gateway, a database of somebody else': {
    name: 'kinds-one',
    namespace: 'hadal-kinds-one',
    agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } },
    redis: { kind: 'cluster' },
    postgres: { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.16/28'], maxConnections: 2000 },
    exposure: { kind: 'gateway', host: 'one.example.com', gateway: { name: 'public', namespace: 'gateways' } },
  },
  'an Ingress with its own certificate, and backups': {
    name: 'kinds-two',
    namespace: 'hadal-kinds-two',
    exposure: {
      kind: 'ingress',
      host: 'two.example.com',
      className: 'public',
      controllerNamespace: 'ingress',
      issuer: { kind: 'ClusterIssuer', name: 'public' },
    },
    backup: { kind: 's3', bucket: 'kinds-two', region: 'eu-central-1' },
  },
} as const satisfies Readonly<Record<string, Partial<EnvironmentInput>>>

const quota = { requests: { cpu: '64', memory: '128Gi' }, limits: { cpu: '256', memory: '512Gi' }, pods: 200 }
const staging = await environmentNamed(repository, 'staging')
const environments = Object.entries(choices).map(([title, choice]): [string, Environment] => [
  title,
  defineEnvironment({ ...staging, quota, ...choice }),
])

beforeAll(async () => {
  repository.restore()
  for (const [, environment] of environments) repository.writeManifests(environment)
  const revision = repository.commit('Environments of the other kinds')
  await Promise.all(
    environments.map(async ([, environment]) => {
      await bootstrap(cluster, environment)
      await waitForSync(cluster, environment, revision)
    }),
  )
})
afterAll(async () => {
  await Promise.all(environments.map(([, environment]) => remove(cluster, environment)))
  repository.restore()
})

describe.each(environments)('an environment with %s', (_, environment) => {
  test('is Synced and Healthy, within what its project allows', async () => {
    for (const { kind, name, object } of renderEnvironment(environment))
      expect(
        await cluster.get(`${object.apiVersion}/${kind}`, name, object.metadata.namespace),
        `${kind} ${name}`,
      ).toBeDefined()
  })
})
