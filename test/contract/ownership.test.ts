import { renderEnvironment } from '@hadal/charts/render-environment'
import { type RecordedResource, recordedStack } from '@hadal/infra/fixtures/recorded-stack'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { groupsOf, neededOperators } from '@hadal/platform/operators/needed-operators'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)

/**
 * Resources that the environment's Pulumi program registers. Argo CD must own none of them: its server-side apply would overwrite Pulumi's
 * without an error.
 */
const registered = (environment: Environment): Promise<readonly RecordedResource[]> =>
  recordedStack(environment).then(({ resources }) => resources)

interface Identified {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown }
}

/** Identity of an object in a cluster. It does not include the API version, because an object is the same in all versions. */
const identity = ({ apiVersion, kind, metadata }: Identified): string => {
  const group = String(apiVersion).includes('/') ? String(apiVersion).split('/')[0] : ''
  return [group, kind, metadata?.namespace ?? '', metadata?.name].join('/')
}

function objectsOf(resources: readonly RecordedResource[]): string[] {
  return resources
    .filter(({ type }) => type.startsWith('kubernetes:'))
    .map(({ type, inputs }) => {
      const [, apiVersion = '', kind] = type.split(':')
      return identity({ ...inputs, apiVersion: apiVersion.replace(/^core\//, ''), kind })
    })
}

const shared = (ours: readonly string[], theirs: readonly string[]): string[] =>
  ours.filter((it) => theirs.includes(it))

test.each(environments)('no object of $name has two owners', async (environment) => {
  const pulumis = objectsOf(await registered(environment))
  const argoCds = renderEnvironment(environment).map(({ object }) => identity(object))
  expect(pulumis.length).toBeGreaterThan(1)
  expect(argoCds.length).toBeGreaterThan(10)
  expect(shared(pulumis, argoCds)).toEqual([])
})

test('no object belongs to two environments of one cluster', async () => {
  const all = await Promise.all(
    environments.map(async (environment) => {
      const objects = [
        ...objectsOf(await registered(environment)),
        ...renderEnvironment(environment).map(({ object }) => identity(object)),
      ]
      return [...new Set(objects)].map((object) => `${environment.cluster.name}: ${object}`)
    }),
  )
  const found = new Set<string>()
  const twice = all.flat().filter((object) => found.size === found.add(object).size)
  expect(twice).toEqual([])
})

test.each(environments)(
  'roles and databases of $name are created by Pulumi or by an operator, never by both',
  async (environment) => {
    const pulumis = (await registered(environment)).filter(({ type }) => type.startsWith('postgresql:'))
    const operators = renderEnvironment(environment).filter(({ kind }) => kind === 'Cluster' || kind === 'StatefulSet')
    const databases = operators.filter(({ name }) => name === 'postgres')
    expect(environment.postgres.kind === 'external' ? databases : pulumis).toEqual([])
  },
)

test('an object with two owners is found', async () => {
  const [environment] = environments
  if (!environment) throw new Error('There is no environment.')
  const argoCds = renderEnvironment(environment).map(({ object }) => object)
  const [first] = argoCds
  const taken: RecordedResource = {
    type: `kubernetes:${String(first?.apiVersion).replace(/^v1$/, 'core/v1')}:${first?.kind}`,
    name: 'taken',
    custom: true,
    inputs: { metadata: first?.metadata },
    secret: new Set(),
    protect: false,
    retainOnDelete: false,
    parent: undefined,
    aliases: [],
  }
  const pulumis = objectsOf([...(await registered(environment)), taken])
  expect(shared(pulumis, argoCds.map(identity))).toEqual([identity(first ?? {})])
})

// Charts render the operators' kinds, and the Pulumi program installs the operators.
test.each(environments)('the operators that $name needs are those whose kinds it renders', (environment) => {
  const managed = { ...environment, cluster: { ...environment.cluster, operators: 'managed' as const } }
  const groups = new Set(
    renderEnvironment(environment).map(({ object }) => String(object.apiVersion).split('/')[0] ?? ''),
  )
  const acting = Object.entries(groupsOf).filter(
    ([name, of]) => name !== 'argo-cd' && of.some((group) => groups.has(group)),
  )
  const needed = neededOperators(managed)
  for (const [name] of acting) expect(needed).toContain(name)
  // cert-manager also creates the certificates of the barman-cloud plugin, which are not rendered.
  expect(needed.filter((name) => name !== 'cert-manager' && !acting.some(([other]) => other === name))).toEqual([])
})
