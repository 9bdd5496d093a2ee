import { describe, expect, it } from 'vitest'
import { SECRET_VARIABLES } from './container-variables.ts'
import { defineEnvironment } from './define-environment.ts'
import type { EnvironmentInput } from './environment.ts'
import { ageRecipients } from './fixtures/age-recipients.ts'
import { soundInput, soundProtectedInput } from './fixtures/example-environment.ts'
import { type SecretUser, secretsOf } from './secret-table.ts'

const references = (change: Partial<EnvironmentInput> = {}, user?: SecretUser) =>
  secretsOf(defineEnvironment({ ...soundInput, ...change }), user).map(({ reference }) => reference)

const external = { host: 'db.example.com', addresses: ['192.0.2.0/28'] }
const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'public',
  controllerNamespace: 'ingress',
  issuer: { kind: 'ClusterIssuer', name: 'public' },
} as const

const everyProvider = {
  anthropic: {},
  openai: {},
  azure_openai: { baseUrl: 'https://acme.openai.azure.com', apiVersion: '2025-04-01-preview' },
  'google-genai': {},
  'google-vertexai': { project: 'acme-agents', location: 'eu', credentials: 'key' },
  bedrock: { region: 'eu-central-1', credentials: 'key' },
} as const
const packages = { mistralai: { package: '@langchain/mistralai', class: 'ChatMistralAI' } }

describe('the Secrets of an environment', () => {
  it('include every key and every secret variable if all features are on', () => {
    const environment = defineEnvironment({
      ...soundProtectedInput,
      redis: { kind: 'cluster' },
      backup: { ...soundProtectedInput.backup, archive: { recipients: [ageRecipients.one] } },
      models: { ...soundInput.models, providers: everyProvider, packages },
      tracing: { kind: 'langsmith', project: 'test' },
      exposure: ingress,
      access: { kind: 'api-keys' },
    })
    const secrets = secretsOf(environment)
    expect(secrets.flatMap(({ variable }) => variable ?? []).sort()).toEqual([...SECRET_VARIABLES].sort())
    expect(secrets.map(({ reference }) => reference)).toEqual([
      'db-credentials/url',
      'db-credentials/loops-url',
      'db-credentials/direct-url',
      'db-credentials/owner-url',
      'db-credentials/read-url',
      'db-credentials/username',
      'db-credentials/password',
      'db-application/username',
      'db-application/password',
      'db-loops/username',
      'db-loops/password',
      'postgres-ca/ca.crt',
      'redis-credentials/url',
      'redis-credentials/password',
      'redis-credentials/acl',
      'redis-tls/ca.crt',
      'redis-tls/tls.crt',
      'redis-tls/tls.key',
      'llm-credentials/anthropic-key',
      'llm-credentials/openai-key',
      'llm-credentials/azure-openai-key',
      'llm-credentials/google-genai-key',
      'llm-credentials/google-vertexai-key',
      'llm-credentials/bedrock-key',
      'llm-credentials/package-keys',
      'encryption-keys/encryption-key',
      'langsmith-credentials/api-key',
      'backup-credentials/access-key-id',
      'backup-credentials/secret-access-key',
      'deletion-log-credentials/access-key-id',
      'deletion-log-credentials/secret-access-key',
      'backup-keys/identity',
      'deep-agents-tls/tls.crt',
      'deep-agents-tls/tls.key',
    ])
  })

  it('include a separate address for reads only if there is a replica', () => {
    expect(references()).toContain('db-credentials/read-url')
    for (const postgres of [
      { kind: 'cnpg', instances: 1, maxConnections: 2000 },
      { kind: 'standalone', maxConnections: 1000 },
      { kind: 'external', ...external },
    ] as const)
      expect(references({ postgres })).not.toContain('db-credentials/read-url')
    expect(references({ postgres: { kind: 'external', ...external, readHost: 'read.example.com' } })).toContain(
      'db-credentials/read-url',
    )
  })

  it('include passwords of servers only if this namespace runs the servers', () => {
    const elsewhere = references({
      postgres: { kind: 'external', ...external },
      redis: { kind: 'external', mode: 'single', ...external },
    })
    expect(elsewhere).not.toContain('db-credentials/password')
    expect(elsewhere).not.toContain('redis-credentials/password')
  })

  it('include a private authority only if an external server needs it', () => {
    const postgres = { kind: 'external', ...external } as const
    expect(references({ postgres })).not.toContain('database-ca/ca.crt')
    expect(references({ postgres: { ...postgres, privateCa: true } }, 'migrate')).toContain('database-ca/ca.crt')
  })

  it("give the agent server only the authority of Redis' certificate", () => {
    expect(references({ redis: { kind: 'cluster' } }, 'worker')).toContain('redis-tls/ca.crt')
    expect(references({ redis: { kind: 'cluster' } }, 'worker')).not.toContain('redis-tls/tls.key')
  })

  it("include a provider's key only if the provider is configured", () => {
    expect(references()).toContain('llm-credentials/anthropic-key')
    expect(references()).not.toContain('llm-credentials/openai-key')
  })

  it('include no key of a cloud with a workload identity, and none of a package without a key', () => {
    const providers = {
      anthropic: {},
      'google-vertexai': { project: 'acme-agents', location: 'eu' },
      bedrock: { region: 'eu-central-1' },
    } as const
    const ollama = { package: '@langchain/ollama', class: 'ChatOllama', keyOption: 'none' }
    const models = { ...soundInput.models, providers, packages: { ollama } }
    expect(references({ models }).filter((reference) => reference.startsWith('llm-credentials/'))).toEqual([
      'llm-credentials/anthropic-key',
    ])
  })

  it('include encryption keys only if something is encrypted with them', () => {
    expect(references()).not.toContain('encryption-keys/encryption-key')
    for (const change of [soundProtectedInput, { encryption: 'required' }, { access: { kind: 'api-keys' } }] as const)
      for (const user of ['api', 'worker'] as const)
        expect(references(change, user)).toContain('encryption-keys/encryption-key')
  })

  it('do not include a certificate if a Gateway terminates TLS', () => {
    const gateway = {
      kind: 'gateway',
      host: 'a.example.com',
      gateway: { name: 'public', namespace: 'gateways' },
    } as const
    expect(references({ exposure: gateway })).not.toContain('deep-agents-tls/tls.crt')
    expect(references({ exposure: { ...ingress, tls: false } })).not.toContain('deep-agents-tls/tls.crt')
  })
})

describe('the users of a Secret', () => {
  it('migrations mount only the keys of the database', () => {
    expect(references(soundProtectedInput, 'migrate')).toEqual(['db-credentials/direct-url', 'postgres-ca/ca.crt'])
  })

  it('a database in the cluster has further roles only if callers sign in', () => {
    const ofRoles = (change: Partial<EnvironmentInput>) =>
      references(change).filter((reference) => /loops|owner-url|db-application/.test(reference))
    expect(ofRoles({})).toEqual([])
    expect(ofRoles({ postgres: { kind: 'standalone', maxConnections: 1000 } })).toEqual([])
    expect(ofRoles({ access: { kind: 'api-keys' } })).toHaveLength(6)
    expect(ofRoles({ postgres: { kind: 'external', ...external } })).toEqual(['db-credentials/owner-url'])
    expect(ofRoles({ access: { kind: 'api-keys' }, postgres: { kind: 'external', ...external } })).toEqual([
      'db-credentials/loops-url',
      'db-credentials/owner-url',
    ])
  })

  it("only migrations, backups and drills mount the owner's address of an external database", () => {
    const environment = { ...soundInput, postgres: { kind: 'external', ...external } } as const
    for (const user of ['migrate', 'backup', 'drill'] as const)
      expect(references(environment, user)).toEqual(['db-credentials/url', 'db-credentials/owner-url'])
    for (const user of ['api', 'worker'] as const) {
      expect(references(environment, user)).not.toContain('db-credentials/owner-url')
      expect(references(environment, user)).toContain('db-credentials/direct-url')
    }
  })

  const encryptedBackup = { ...soundProtectedInput.backup, archive: { recipients: [ageRecipients.one] } }

  it("servers mount neither the database's password, apart from its addresses, nor the keys of backups", () => {
    for (const user of ['api', 'worker'] as const) {
      const held = references({ ...soundProtectedInput, backup: encryptedBackup }, user)
      expect(held).not.toContain('db-credentials/password')
      expect(held.filter((reference) => reference.startsWith('backup-'))).toEqual([])
      expect(held).toContain('deletion-log-credentials/access-key-id')
    }
  })

  it('only drills mount the identity that decrypts backups, which exists only if backups are encrypted', () => {
    const holders = (['api', 'worker', 'migrate', 'backup', 'drill', 'postgres'] as const).filter((user) =>
      references({ ...soundProtectedInput, backup: encryptedBackup }, user).includes('backup-keys/identity'),
    )
    expect(holders).toEqual(['drill'])
    expect(references(soundProtectedInput)).not.toContain('backup-keys/identity')
  })

  it('backups and drills mount no keys of the bucket with a workload identity', () => {
    const backup = { ...encryptedBackup, credentials: 'workload-identity' } as const
    for (const user of ['api', 'worker', 'backup', 'drill'] as const)
      expect(references({ ...soundProtectedInput, backup }, user).join()).not.toMatch(/-credentials\/(access|secret)/)
  })

  it('all keys of a Secret have the same maker', () => {
    const makers = new Map<string, Set<string>>()
    for (const { secret, maker } of secretsOf(defineEnvironment(soundProtectedInput)))
      makers.set(secret, (makers.get(secret) ?? new Set()).add(maker))
    for (const [secret, ofSecret] of makers) expect([secret, ofSecret.size]).toEqual([secret, 1])
  })
})
