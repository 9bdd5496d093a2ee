import type { Environment } from '@hadal/platform/environment'
import { type SecretReference, secretsOf } from '@hadal/platform/secret-table'
import { madeSecretReferences } from './secrets/made-secret-references.ts'

/** One key of a stack's configuration, without the project's prefix: `Pulumi.<env>.yaml` says `hadal:<key>`. */
export interface ConfigurationKey {
  readonly key: string
  /** Kept as ciphertext: set with `pulumi config set --secret`. The others hold names, numbers and dates. */
  readonly secret: boolean
  readonly required: boolean
  /** What the value is, for the person who sets it. */
  readonly holds: string
}

/** Values of Secrets that nobody can make here: the providers' keys, addresses of what others run. */
export function askedSecretReferences(environment: Environment): { reference: SecretReference; holds: string }[] {
  if (environment.secrets.kind !== 'pulumi') return []
  const made = new Set(madeSecretReferences(environment))
  return secretsOf(environment)
    .filter(({ maker, reference }) => maker === 'secrets' && !made.has(reference))
    .map(({ reference, holds }) => ({ reference, holds: hint(environment, reference) ?? holds }))
}

/** In a protected environment the table asks for a Fernet token; the program makes it of the key itself, with the keys that it made. */
const hint = ({ protected: isProtected }: Environment, reference: SecretReference): string | undefined =>
  isProtected && isProviderKey(reference)
    ? "the provider's key itself; it reaches the cluster as a Fernet token"
    : undefined

export const isProviderKey = (reference: SecretReference): boolean => reference.startsWith('llm-credentials/')

/** Every key that the environment's stack may set, required ones first. */
export function configurationKeys(environment: Environment): ConfigurationKey[] {
  const { backup, postgres, redis, secrets } = environment
  const plain = (key: string, holds: string, required = false) => ({ key, secret: false, required, holds })
  const secret = (key: string, holds: string, required = false) => ({ key, secret: true, required, holds })
  const keys: ConfigurationKey[] = [
    ...askedSecretReferences(environment).map(({ reference, holds }) => secret(reference, holds, true)),
    plain('context', 'the context of the kubeconfig that reaches the cluster; without it, the current one'),
    plain('repository/username', 'who reads the Git repository by https'),
    secret('repository/password', 'the password or token of that user'),
    secret('repository/ssh-private-key', 'the key that reads the Git repository by ssh'),
  ]
  if (postgres.kind === 'external') {
    keys.push(
      plain(
        'database-admin/username',
        'the role that may make roles and databases on the server; no superuser is needed',
        true,
      ),
      secret('database-admin/password', 'its password', true),
      plain('database-admin/database', 'the database that it signs in to; without it, "postgres"'),
    )
    if (postgres.privateCa)
      keys.push(
        plain(
          'database-admin/ca-file',
          "path of the file with the authority that signed the server's certificate",
          true,
        ),
      )
  }
  if (postgres.kind === 'external' || secrets.kind === 'pulumi')
    keys.push(plain('rotation/database-password', 'any word, such as a date: another one makes new passwords'))
  if (secrets.kind === 'pulumi') {
    if (redis.kind !== 'external')
      keys.push(plain('rotation/redis-password', 'any word, such as a date: another one makes new passwords'))
    if (environment.protected)
      keys.push(
        plain('encryption-keys/newest', 'the number of the newest key; a higher one makes a new key; without it, 1'),
        plain('encryption-keys/oldest', 'the number of the oldest key that is still of use; without it, 1'),
      )
  } else
    keys.push(
      plain(
        'secret-store/provider',
        'the `spec.provider` of the store, as JSON, where this stack shall make the store',
      ),
      secret('secret-store/credential', 'keys and values of the Secret that the provider refers to, as JSON'),
    )
  if (backup.kind === 's3')
    keys.push(
      plain(
        'backup-bucket/access-key-id',
        'an access key that may make buckets, where this stack shall make the bucket',
      ),
      secret('backup-bucket/secret-access-key', 'its secret key'),
    )
  return keys.toSorted((a, b) => Number(b.required) - Number(a.required))
}
