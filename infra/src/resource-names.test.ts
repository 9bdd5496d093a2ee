import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { coveringEnvironments } from './fixtures/covering-environments.ts'
import { type RecordedResource, recordedStack, requiredConfiguration } from './fixtures/recorded-stack.ts'
import { versionAliases } from './version-aliases.ts'

const file = 'infra/src/fixtures/resource-names.txt'
/** Parent, type and name of every resource that existing stacks may have: what identifies a resource in Pulumi's state. */
const existing = readFileSync(join(import.meta.dirname, 'fixtures/resource-names.txt'), 'utf8')
  .trim()
  .split('\n')

type Identified = Pick<RecordedResource, 'parent' | 'type' | 'name' | 'aliases'>

const identity = ({ parent = '-', type, name }: Omit<Identified, 'aliases'>): string => `${parent} ${type} ${name}`

/** Identities under which Pulumi finds a resource in an existing state: its own, and those of its aliases. */
const identities = ({ parent, type, name, aliases }: Identified): string[] => [
  identity({ parent, type, name }),
  ...aliases.map((alias) =>
    identity({
      parent,
      type: typeof alias.type === 'string' ? alias.type : type,
      name: typeof alias.name === 'string' ? alias.name : name,
    }),
  ),
]

/** Optional configuration with which the program creates further resources. */
const optional = {
  'repository/username': 'reader',
  'repository/password': 'of the reader',
}
const ofSecretStore = {
  'secret-store/provider': '{"vault":{"server":"https://vault.example.com"}}',
  'secret-store/credential': '{"token":"of the store"}',
}
const ofBucket = { 'backup-bucket/access-key-id': 'AKIDEXAMPLE', 'backup-bucket/secret-access-key': 'of the bucket' }

async function registered(): Promise<RecordedResource[]> {
  const all: RecordedResource[] = []
  for (const environment of Object.values(coveringEnvironments)) {
    const { resources } = await recordedStack(environment, {
      ...requiredConfiguration(environment),
      ...optional,
      ...(environment.secrets.kind === 'external-secrets' && ofSecretStore),
      ...(environment.backup.kind === 's3' && ofBucket),
    })
    all.push(...resources)
  }
  return all
}
const resources = await registered()

test('every resource of an existing stack is found again, by its name or by an alias', () => {
  const found = new Set(resources.flatMap(identities))
  expect(
    existing.filter((identity) => !found.has(identity)),
    `Pulumi would delete these and create others. Give each renamed resource an alias, e.g. aliases: [{ name: 'old-name' }], and keep its line in ${file}. Delete the line only if the resource shall be deleted.`,
  ).toEqual([])
})

test('every resource of the program is listed, so that a later change of its name is noticed', () => {
  const names = [...new Set(resources.map(identity))]
  expect(
    names.filter((name) => !existing.includes(name)),
    `Add these lines to ${file}.`,
  ).toEqual([])
})

test('a renamed resource is found by its alias only', () => {
  const renamed = { parent: 'secrets', type: 'kubernetes:core/v1:Secret', name: 'new', aliases: [] }
  expect(identities(renamed)).not.toContain('secrets kubernetes:core/v1:Secret old')
  expect(identities({ ...renamed, aliases: [{ name: 'old' }] })).toContain('secrets kubernetes:core/v1:Secret old')
})

test('an object whose kind moved to another API version is the same resource', () => {
  const type = 'kubernetes:external-secrets.io/v1alpha1:PushSecret'
  const [push] = resources.filter((resource) => resource.type === type)
  expect(push && identities(push)).toContain(`secrets ${type.replace('v1alpha1', 'v1')} database-handover`)
  const custom = resources.filter(
    ({ type, custom }) => custom && /^kubernetes:[^:]+\.(io|com)\//.test(type) && !/\.k8s\.io\//.test(type),
  )
  expect(custom.length).toBeGreaterThan(2)
  for (const { aliases, type } of custom) expect(aliases.length, type).toBeGreaterThan(5)
})

test('the aliases of an API version are the other versions of the same kind', () => {
  const types = versionAliases('policy/v1', 'PodDisruptionBudget').map(({ type }) => type)
  expect(types).toContain('kubernetes:policy/v1beta1:PodDisruptionBudget')
  expect(types).not.toContain('kubernetes:policy/v1:PodDisruptionBudget')
  expect(versionAliases('v1', 'Service')[0]?.type).toBe('kubernetes:core/v1alpha1:Service')
})
