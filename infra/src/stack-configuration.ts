import type { Environment } from '@hadal/platform/environment'
import { nearestName } from '@hadal/platform/nearest-name'
import type { SecretReference } from '@hadal/platform/secret-table'
import * as pulumi from '@pulumi/pulumi'
import type { RepositoryCredential } from './argo-cd/repository-secret.ts'
import type { BucketAdmin } from './backup-bucket/backup-bucket.ts'
import { askedSecretReferences, configurationKeys } from './configuration-keys.ts'
import type { DatabaseAdmin } from './database/database.ts'
import type { SecretsArgs } from './secrets/secrets.ts'

/** Parsed configuration of a stack (`Pulumi.<environment>.yaml`): encrypted credentials, rotation texts and numbers of encryption keys. */
export interface StackConfiguration {
  /** Context of the kubeconfig. Undefined for the current one, which only an environment that is not protected may use. */
  readonly context: string | undefined
  readonly secrets: Pick<SecretsArgs, 'asked' | 'rotation' | 'encryptionKeys' | 'store'>
  readonly repository: RepositoryCredential<pulumi.Output<string>> | undefined
  readonly databaseAdmin: DatabaseAdmin | undefined
  readonly bucketAdmin: BucketAdmin | undefined
}

/**
 * Reads and validates the stack's configuration. No other code reads it.
 *
 * @throws {pulumi.RunError} with one sentence per missing, unknown or invalid key
 */
export function readStackConfiguration(environment: Environment): StackConfiguration {
  const config = new pulumi.Config()
  const problems = [...keyProblems(environment, config), ...valueProblems(config)]
  if (problems.length > 0)
    throw new pulumi.RunError(
      `The configuration of the stack "${environment.name}" is invalid:\n${problems.join('\n')}`,
    )

  const store = config.getObject<Record<string, unknown>>('secret-store/provider')
  return {
    context: config.get('context'),
    secrets: {
      asked: Object.fromEntries(
        askedSecretReferences(environment).map(({ reference }) => [reference, config.requireSecret(reference)]),
      ) as Partial<Record<SecretReference, pulumi.Output<string>>>,
      rotation: {
        database: config.get('rotation/database-password') ?? '',
        redis: config.get('rotation/redis-password') ?? '',
      },
      encryptionKeys: { newest: keyNumber(config, 'newest'), oldest: keyNumber(config, 'oldest') },
      store: store && {
        provider: store,
        credential: config.getSecretObject<Record<string, string>>('secret-store/credential'),
      },
    },
    repository: repositoryOf(config),
    databaseAdmin: environment.postgres.kind === 'external' ? databaseAdminOf(config) : undefined,
    bucketAdmin: bucketAdminOf(config),
  }
}

function keyProblems(environment: Environment, config: pulumi.Config): string[] {
  const keys = configurationKeys(environment)
  const names = keys.map(({ key }) => key)
  const prefix = `${config.name}:`
  const configured = pulumi.runtime.allConfig()
  const set = Object.keys(configured)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
  // An empty value counts as missing: a script or a person forgot the value.
  const missing = keys.filter(({ key, required }) => required && !configured[`${prefix}${key}`])
  const unknown = set.filter((key) => !names.includes(key))
  return [
    ...missing.map(
      ({ key, secret, holds }) =>
        `- ${prefix}${key} is missing: ${holds}. Run "pulumi config set ${secret ? '--secret ' : ''}${prefix}${key}".`,
    ),
    ...unknown.map((key) => {
      const near = nearestName(key, names)
      return `- ${prefix}${key} is not a key of this environment. ${near ? `Write "${prefix}${near}" if that is meant, or run` : 'Run'} "pulumi config rm ${prefix}${key}".`
    }),
  ]
}

const pairs = [
  ['repository/username', 'repository/password'],
  ['backup-bucket/access-key-id', 'backup-bucket/secret-access-key'],
] as const

function valueProblems(config: pulumi.Config): string[] {
  const has = (key: string): boolean => config.getSecret(key) !== undefined
  const halves = pairs
    .filter(([one, other]) => has(one) !== has(other))
    .map(
      ([one, other]) => `- Only one of ${config.name}:${one} and ${config.name}:${other} is set. Set both, or neither.`,
    )
  const newest = keyNumber(config, 'newest')
  const oldest = keyNumber(config, 'oldest')
  const isRange = Number.isInteger(newest) && Number.isInteger(oldest) && oldest >= 1 && oldest <= newest
  return [
    ...halves,
    ...(isRange
      ? []
      : [
          `- ${config.name}:encryption-keys/oldest is ${oldest} and ${config.name}:encryption-keys/newest is ${newest}. Both must be whole numbers of at least 1, and oldest must be at most newest.`,
        ]),
    ...(has('secret-store/credential') && !has('secret-store/provider')
      ? [
          `- ${config.name}:secret-store/credential is set without ${config.name}:secret-store/provider. Set both, or only the provider.`,
        ]
      : []),
  ]
}

const keyNumber = (config: pulumi.Config, end: 'newest' | 'oldest'): number =>
  Number(config.get(`encryption-keys/${end}`) ?? '1')

function repositoryOf(config: pulumi.Config): StackConfiguration['repository'] {
  const sshPrivateKey = config.getSecret('repository/ssh-private-key')
  if (sshPrivateKey) return { sshPrivateKey }
  const username = config.get('repository/username')
  return username === undefined ? undefined : { username, password: config.requireSecret('repository/password') }
}

function databaseAdminOf(config: pulumi.Config): DatabaseAdmin {
  return {
    username: config.require('database-admin/username'),
    password: config.requireSecret('database-admin/password'),
    database: config.get('database-admin/database') ?? 'postgres',
    caFile: config.get('database-admin/ca-file'),
  }
}

function bucketAdminOf(config: pulumi.Config): BucketAdmin | undefined {
  const accessKeyId = config.get('backup-bucket/access-key-id')
  if (accessKeyId === undefined) return undefined
  return { accessKeyId, secretAccessKey: config.requireSecret('backup-bucket/secret-access-key') }
}
