import type { Environment } from '@hadal/platform/environment'
import { hasEncryptionKey } from '@hadal/platform/has-encryption-key'
import { type SecretReference, secretsOf } from '@hadal/platform/secret-table'
import { madeSecretReferences } from './secrets/made-secret-references.ts'

/** One key of a stack's configuration, without the project's prefix. In `Pulumi.<environment>.yaml` it is `hadal:<key>`. */
export interface ConfigurationKey {
  readonly key: string
  /** Whether the key's value is encrypted, i.e. set with `pulumi config set --secret`. Other values are names, numbers and dates. */
  readonly secret: boolean
  readonly required: boolean
  /** Description of the key's value, for the person who sets it. */
  readonly holds: string
}

/** Secret values that the user must configure because the program can't generate them: providers' keys and addresses of external services. */
export function askedSecretReferences(environment: Environment): { reference: SecretReference; holds: string }[] {
  if (environment.secrets.kind !== 'pulumi') return []
  const made = new Set(madeSecretReferences(environment))
  return secretsOf(environment)
    .filter(({ maker, reference }) => maker === 'secrets' && !made.has(reference))
    .map(({ reference, holds }) => ({ reference, holds: hint(environment, reference) ?? holds }))
}

/**
 * Description of a secret key that replaces the one in the secret table. In a protected environment the table requires a Fernet token, which
 * the program creates from the plain key.
 */
const hint = ({ protected: isProtected }: Environment, reference: SecretReference): string | undefined =>
  isProtected && isProviderKey(reference)
    ? "the provider's key in plain text; the cluster gets it as a Fernet token"
    : undefined

export const isProviderKey = (reference: SecretReference): boolean => reference.startsWith('llm-credentials/')

/** All keys that the configuration of the environment's stack may have, required ones first. */
export function configurationKeys(environment: Environment): ConfigurationKey[] {
  const { backup, postgres, redis, secrets } = environment
  const plain = (key: string, holds: string, required = false) => ({ key, secret: false, required, holds })
  const secret = (key: string, holds: string, required = false) => ({ key, secret: true, required, holds })
  const keys: ConfigurationKey[] = [
    ...askedSecretReferences(environment).map(({ reference, holds }) => secret(reference, holds, true)),
    environment.protected
      ? plain(
          'context',
          'context of the kubeconfig for the cluster. A protected environment has no default, so that it is never applied to the cluster that happens to be the current one',
          true,
        )
      : plain('context', 'context of the kubeconfig for the cluster (default: the current one)'),
    plain('repository/username', 'user for reading the Git repository over HTTPS'),
    secret('repository/password', 'password or token of that user'),
    secret('repository/ssh-private-key', 'private key for reading the Git repository over SSH'),
  ]
  if (postgres.kind === 'external') {
    keys.push(
      plain(
        'database-admin/username',
        'role that may create roles and databases on the server; a superuser is not needed',
        true,
      ),
      secret('database-admin/password', 'password of that role', true),
      plain('database-admin/database', 'database that the role connects to (default: "postgres")'),
    )
    if (postgres.privateCa)
      keys.push(plain('database-admin/ca-file', "path of the CA file for the server's certificate", true))
  }
  if (postgres.kind === 'external' || secrets.kind === 'pulumi')
    keys.push(plain('rotation/database-password', 'any text, such as a date; a new text creates new passwords'))
  if (secrets.kind === 'pulumi') {
    if (redis.kind !== 'external')
      keys.push(plain('rotation/redis-password', 'any text, such as a date; a new text creates new passwords'))
    if (hasEncryptionKey(environment))
      keys.push(
        plain('encryption-keys/newest', 'number of the newest key; a higher number creates a new key (default: 1)'),
        plain('encryption-keys/oldest', 'number of the oldest key that is still in use (default: 1)'),
      )
  } else
    keys.push(
      plain(
        'secret-store/provider',
        '`spec.provider` of the secret store, as JSON, if this stack must create the store',
      ),
      secret('secret-store/credential', 'keys and values of the Secret that the provider refers to, as JSON'),
    )
  if (backup.kind === 's3')
    keys.push(
      plain('backup-bucket/access-key-id', 'access key that may create buckets, if this stack must create the bucket'),
      secret('backup-bucket/secret-access-key', 'secret key of that access key'),
    )
  return keys.toSorted((a, b) => Number(b.required) - Number(a.required))
}
