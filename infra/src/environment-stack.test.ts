import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { argocdNames } from '@hadal/platform/names'
import { type SecretReference, secretsOf } from '@hadal/platform/secret-table'
import { describe, expect, test } from 'vitest'
import { rootApplication } from './argo-cd/root-application.ts'
import { databaseNames } from './database/database-names.ts'
import { coveringEnvironments, externalSecrets } from './fixtures/covering-environments.ts'
import { externalPostgres, soundProtectedInput } from './fixtures/external-environment.ts'
import { type RecordedStack, recordedStack, requiredConfiguration } from './fixtures/recorded-stack.ts'
import { namespaceOf } from './namespace.ts'

const cases = Object.entries(coveringEnvironments)

const recorded = new Map<Environment, Promise<RecordedStack>>()
/** Returns the recorded stack of an environment with its required configuration. Each stack runs once. */
function stackOf(environment: Environment): Promise<RecordedStack> {
  const stack = recorded.get(environment) ?? recordedStack(environment)
  recorded.set(environment, stack)
  return stack
}

const ofType = ({ resources }: RecordedStack, type: string) => resources.filter((resource) => resource.type === type)
const objectsOf = ({ resources }: RecordedStack) => resources.filter(({ type }) => type.startsWith('kubernetes:'))
const metadata = (inputs: Readonly<Record<string, unknown>>) =>
  inputs.metadata as { name: string; namespace?: string; annotations?: Record<string, string> }
const stringData = (inputs: Readonly<Record<string, unknown>>) => inputs.stringData as Record<string, string>

/** Values of the Secrets in the environment's namespace, by `secret/key`. */
function madeSecrets(stack: RecordedStack, { namespace }: Environment): Map<string, string> {
  const secrets = ofType(stack, 'kubernetes:core/v1:Secret').filter(
    ({ inputs }) => metadata(inputs).namespace === namespace,
  )
  return new Map(
    secrets.flatMap(({ inputs }) =>
      Object.entries(stringData(inputs)).map(([key, value]) => [`${metadata(inputs).name}/${key}`, value] as const),
    ),
  )
}

describe.each(cases)('%s', (_title, environment) => {
  test('no resource violates its policy', async () => {
    expect((await stackOf(environment)).problems).toEqual([])
  })

  test('the Namespace and the root Application equal the results of the pure functions', async () => {
    const stack = await stackOf(environment)
    const [namespace] = ofType(stack, 'kubernetes:core/v1:Namespace').filter(({ name }) => name === 'environment')
    expect(namespace?.inputs).toMatchObject(namespaceOf(environment))
    const applications = ofType(stack, 'kubernetes:argoproj.io/v1alpha1:Application')
    expect(applications.map(({ inputs }) => inputs)).toMatchObject([rootApplication(environment)])
  })

  test('outputs and unencrypted inputs contain no secrets', async () => {
    const stack = await stackOf(environment)
    expect(stack.outputs).toMatchObject({
      namespace: environment.namespace,
      rootApplication: argocdNames.root(environment),
    })
    const open = JSON.stringify([
      stack.outputs,
      stack.resources.map(({ inputs, secret }) =>
        Object.fromEntries(Object.entries(inputs).filter(([name]) => !secret.has(name))),
      ),
    ])
    for (const value of Object.values(requiredConfiguration(environment)).filter((text) => /password|key/.test(text)))
      expect(open).not.toContain(value)
    expect(open).not.toMatch(/password[0-9a-f]{64}/)
  })
})

describe('Secrets', () => {
  const pulumiEnvironments = cases.filter(([, { secrets }]) => secrets.kind === 'pulumi')

  test.each(pulumiEnvironments)(
    '%s: Pulumi creates exactly the keys of the secret table that it owns',
    async (_title, environment) => {
      const made = madeSecrets(await stackOf(environment), environment)
      const wanted = secretsOf(environment).filter(({ maker }) => maker === 'secrets')
      expect([...made.keys()].sort()).toEqual(wanted.map(({ reference }) => reference).sort())
      expect([...made.values()].filter((value) => value === '')).toEqual([])
    },
  )

  const valuesOf = async (change: Partial<EnvironmentInput>): Promise<(reference: SecretReference) => string> => {
    const environment = soundEnvironment(change)
    const made = madeSecrets(await recordedStack(environment), environment)
    return (reference) => made.get(reference) ?? ''
  }

  test('a database in the cluster has one role for the addresses of pooler, server and replicas', async () => {
    const value = await valuesOf({})
    const password = value('db-credentials/password')
    const address = (host: string) =>
      `postgresql://deep_agents:${password}@${host}.hadal-test.svc:5432/deep_agents?sslmode=verify-full&sslrootcert=/run/secrets/postgres-ca/ca.crt`
    expect(value('db-credentials/url')).toBe(address('postgres'))
    expect(value('db-credentials/direct-url')).toBe(address('postgres-direct'))
    expect(value('db-credentials/read-url')).toBe(address('postgres-read'))
    expect(value('db-credentials/username')).toBe('deep_agents')
    expect(value('redis-credentials/url')).toBe(
      `redis://:${value('redis-credentials/password')}@redis.hadal-test.svc:6379`,
    )
  })

  test('with sign-in, a database in the cluster has roles for requests, for loops and for migrations', async () => {
    const value = await valuesOf({ access: { kind: 'api-keys' } })
    const user = (reference: SecretReference) => new URL(value(reference)).username
    const roles = { url: 'deep_agents_app', 'direct-url': 'deep_agents_app', 'read-url': 'deep_agents_app' } as const
    for (const [key, role] of Object.entries(roles))
      expect(user(`db-credentials/${key as keyof typeof roles}`)).toBe(role)
    expect(user('db-credentials/loops-url')).toBe('deep_agents_loops')
    expect(user('db-credentials/owner-url')).toBe('deep_agents')
    expect(new URL(value('db-credentials/loops-url')).host).toBe('postgres.hadal-test.svc:5432')
    expect(new URL(value('db-credentials/owner-url')).host).toBe('postgres-direct.hadal-test.svc:5432')
    const login = (secret: 'db-application' | 'db-loops') => [value(`${secret}/username`), value(`${secret}/password`)]
    expect(login('db-application')).toEqual(['deep_agents_app', new URL(value('db-credentials/url')).password])
    expect(login('db-loops')).toEqual(['deep_agents_loops', new URL(value('db-credentials/loops-url')).password])
    const passwords = ['db-application/password', 'db-loops/password', 'db-credentials/password'] as const
    expect(new Set(passwords.map(value)).size).toBe(3)
  })

  test("each address of an external database has its own role, and only migrations get the owner's", async () => {
    const value = await valuesOf({ postgres: { ...externalPostgres, readHost: 'read.example.com' } })
    const user = (reference: SecretReference) => new URL(value(reference)).username
    expect(user('db-credentials/url')).toBe('deep_agents_test_app')
    expect(user('db-credentials/direct-url')).toBe('deep_agents_test_app')
    expect(user('db-credentials/read-url')).toBe('deep_agents_test_reader')
    expect(user('db-credentials/owner-url')).toBe('deep_agents_test')
    expect(new URL(value('db-credentials/url')).searchParams.get('sslmode')).toBe('verify-full')
  })

  test('with sign-in, an external database has a role for the loops', async () => {
    const value = await valuesOf({ access: { kind: 'api-keys' }, postgres: externalPostgres })
    expect(new URL(value('db-credentials/loops-url')).username).toBe('deep_agents_test_loops')
    expect(new URL(value('db-credentials/url')).username).toBe('deep_agents_test_app')
  })

  test('the CA certificate of an external database is a separate file', async () => {
    const value = await valuesOf({ postgres: { ...externalPostgres, privateCa: true } })
    expect(value('db-credentials/owner-url')).toContain('sslrootcert=/run/secrets/database-ca/ca.crt')
    expect(value('database-ca/ca.crt')).toBe('value of database-ca/ca.crt')
  })

  test('the ACL of a Redis cluster contains digests of the passwords', async () => {
    const value = await valuesOf({ redis: { kind: 'cluster' } })
    const { username, password, protocol } = new URL(value('redis-credentials/url'))
    expect([username, protocol]).toEqual(['deep_agents', 'rediss:'])
    expect(value('redis-credentials/acl')).toMatch(
      /^user default on #[0-9a-f]{64} ~\* &\* \+@all\nuser deep_agents on #[0-9a-f]{64} ~hadal:\* resetchannels -@all \+get /,
    )
    expect(value('redis-credentials/acl')).not.toContain(password)
    expect(value('redis-credentials/password')).not.toBe(password)
  })

  test("the cluster of a protected environment gets the provider's key as a token of the newest encryption key", async () => {
    const environment = defineEnvironment({ ...soundProtectedInput, backup: { kind: 's3', bucket: 'backups' } })
    const configuration = {
      ...requiredConfiguration(environment),
      'encryption-keys/newest': '3',
      'encryption-keys/oldest': '2',
    }
    const stack = await recordedStack(environment, configuration)
    const made = madeSecrets(stack, environment)
    expect(
      ofType(stack, 'random:index/randomBytes:RandomBytes')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['encryption-key-2', 'encryption-key-3'])
    expect(made.get('encryption-keys/encryption-key')?.split(',')).toHaveLength(2)
    expect(made.get('llm-credentials/anthropic-key')).toMatch(/^gAAAAA/)
  })

  test('a new rotation text creates new passwords of its kind only', async () => {
    const environment = soundEnvironment()
    const configuration = { ...requiredConfiguration(environment), 'rotation/database-password': '2026-11' }
    const keepers = ofType(
      await recordedStack(environment, configuration),
      'random:index/randomPassword:RandomPassword',
    )
    expect(Object.fromEntries(keepers.map(({ name, inputs }) => [name, inputs.keepers]))).toEqual({
      database: { rotation: '2026-11' },
      redis: { rotation: '' },
    })
  })

  test('CloudNativePG watches the Secret with the password', async () => {
    const [secret] = objectsOf(await recordedStack(soundEnvironment())).filter(({ name }) => name === 'db-credentials')
    expect(secret?.inputs.metadata).toMatchObject({ labels: { 'cnpg.io/reload': 'true' } })
  })

  test('with external-secrets Pulumi creates no Secret of the secret table', async () => {
    const stack = await recordedStack(soundEnvironment({ secrets: externalSecrets }))
    expect(ofType(stack, 'kubernetes:core/v1:Secret')).toEqual([])
  })

  test('creates the configured store and its credential under the name that the charts use', async () => {
    const environment = soundEnvironment({ secrets: externalSecrets })
    const stack = await recordedStack(environment, {
      'secret-store/provider': '{"vault":{"server":"https://vault.example.com"}}',
      'secret-store/credential': '{"token":"of the store"}',
    })
    const [store] = ofType(stack, 'kubernetes:external-secrets.io/v1:SecretStore')
    expect(store?.inputs).toMatchObject({
      metadata: { name: 'vault', namespace: 'hadal-test' },
      spec: { provider: { vault: { server: 'https://vault.example.com' } } },
    })
    const [secret] = ofType(stack, 'kubernetes:core/v1:Secret')
    expect(secret?.inputs).toMatchObject({
      metadata: { name: 'vault-credential' },
      stringData: { token: 'of the store' },
    })
    expect(secret?.secret).toEqual(new Set(['stringData']))
  })

  test('writes the addresses of an external database to the path in the store that the ExternalSecret reads', async () => {
    const stack = await recordedStack(soundEnvironment({ secrets: externalSecrets, postgres: externalPostgres }))
    const [push] = ofType(stack, 'kubernetes:external-secrets.io/v1alpha1:PushSecret')
    const entry = (key: string) => ({
      match: { secretKey: key, remoteRef: { remoteKey: 'hadal/test/db-credentials', property: key } },
    })
    expect(push?.inputs.spec).toMatchObject({
      data: [entry('url'), entry('direct-url'), entry('owner-url')],
      secretStoreRefs: [{ kind: 'SecretStore', name: 'vault' }],
    })
  })
})

describe('resources that hold data', () => {
  const kept = async (environment: Environment) =>
    (await recordedStack(environment)).resources
      .filter(({ protect, retainOnDelete }) => protect && retainOnDelete)
      .map(({ name }) => name)
      .sort()

  test('are protected in a protected environment, and outlive the stack', async () => {
    expect(await kept(defineEnvironment(soundProtectedInput))).toEqual(
      ['database', 'encryption-key-1', 'environment', 'hadal', 'owner', 'pgboss'].sort(),
    )
  })

  test('are deleted with the stack in other environments', async () => {
    expect(await kept(soundEnvironment({ postgres: externalPostgres }))).toEqual([])
  })

  test('include the bucket if the configuration has a key for it', async () => {
    const environment = defineEnvironment({
      ...soundProtectedInput,
      backup: { ...soundProtectedInput.backup, retentionDays: 7, archive: { retentionDays: 90 } },
      retention: { checkpointDays: 7 },
    })
    const stack = await recordedStack(environment, {
      ...requiredConfiguration(environment),
      'backup-bucket/access-key-id': 'AKIDEXAMPLE',
      'backup-bucket/secret-access-key': 'of the bucket',
    })
    const [bucket] = ofType(stack, 'minio:index/s3Bucket:S3Bucket')
    expect(bucket).toMatchObject({ inputs: { bucket: 'backups', acl: 'private' }, protect: true, retainOnDelete: true })
    // A backup that somebody deletes is kept as long as the oldest backup.
    const [versions] = ofType(stack, 'minio:index/ilmPolicy:IlmPolicy')
    expect(versions?.inputs.rules).toEqual([{ id: 'older-versions', noncurrentVersionExpirationDays: 90 }])
    expect(stack.outputs.backupBucket).toBe('backups')
    expect(stack.problems).toEqual([])
  })

  test('CustomResourceDefinitions outlive the stack in every environment', async () => {
    const stack = await recordedStack(soundEnvironment({ cluster: { operators: 'managed' } }))
    const definitions = stack.resources.filter(({ type }) => type.endsWith(':CustomResourceDefinition'))
    expect(definitions.length).toBeGreaterThan(0)
    expect(definitions.every(({ retainOnDelete }) => retainOnDelete)).toBe(true)
  })
})

describe('the database', () => {
  test("has names that include the environment's, because all databases of a server share their roles", () => {
    const endings = ['', '-app', '-loops', '-reader', '-owner']
    const names = endings.flatMap((one) =>
      endings.flatMap((two) => ['prod', 'app'].map((name) => `${name}${one}${two}`)),
    )
    const roles = [...new Set(names)].flatMap((name) => {
      const { owner, application, loops, reader } = databaseNames({ name })
      return [owner, application, loops, reader]
    })
    expect(roles.filter((role, index) => roles.indexOf(role) !== index)).toEqual([])
    expect(databaseNames({ name: 'prod' })).toEqual({
      database: 'deep_agents_prod',
      owner: 'deep_agents_prod',
      application: 'deep_agents_prod_app',
      loops: 'deep_agents_prod_loops',
      reader: 'deep_agents_prod_reader',
    })
    expect(Object.values(databaseNames({ name: 'a'.repeat(40) })).every((name) => name.length <= 63)).toBe(true)
  })

  test('has a reader that can log in only if there is a replica', async () => {
    const login = async (postgres: EnvironmentInput['postgres']) =>
      (await recordedStack(soundEnvironment({ postgres }))).resources.find(({ name }) => name === 'reader')?.inputs
        .login
    expect(await login(externalPostgres)).toBe(false)
    expect(await login({ ...externalPostgres, readHost: 'read.example.com' })).toBe(true)
  })
})

describe('the repository', () => {
  test("the repository's credential has the label by which Argo CD finds it", async () => {
    const environment = soundEnvironment()
    const stack = await recordedStack(environment, {
      ...requiredConfiguration(environment),
      'repository/username': 'reader',
      'repository/password': 'of the reader',
    })
    const [secret] = objectsOf(stack).filter(({ name }) => name === 'repository')
    expect(secret?.inputs).toMatchObject({
      metadata: { namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
      stringData: { url: environment.repository.url, username: 'reader', password: 'of the reader' },
    })
    expect(secret?.secret).toEqual(new Set(['stringData']))
  })
})

describe('Argo CD and operators', () => {
  test('are not registered if they are already installed', async () => {
    const stack = await recordedStack(soundEnvironment())
    expect(objectsOf(stack).filter(({ parent }) => parent === 'operators' || parent === 'argo-cd')).toEqual([])
  })

  test('get health checks for kinds that Argo CD does not know', async () => {
    const stack = await recordedStack(
      soundEnvironment({ cluster: { operators: 'managed', argocdNamespace: 'deploy' } }),
    )
    const [settings] = objectsOf(stack).filter(({ name }) => name === 'argo-cd:deploy/argocd-cm')
    expect(Object.keys(settings?.inputs.data ?? {})).toContain('resource.customizations.health.argoproj.io_Application')
  })
})

test("a registry's credentials have the type of Secret that kubelets read, and all other Secrets are opaque", async () => {
  const environment = soundEnvironment({ imagePullSecret: true })
  const secrets = ofType(await stackOf(environment), 'kubernetes:core/v1:Secret').filter(
    ({ inputs }) => metadata(inputs).namespace === environment.namespace,
  )
  const types = secrets.map(({ inputs }) => [metadata(inputs).name, inputs.type])
  expect(types).toContainEqual(['registry-credentials', 'kubernetes.io/dockerconfigjson'])
  expect(types.filter(([, type]) => type !== 'Opaque')).toHaveLength(1)
})
