import type { Environment } from '@hadal/platform/environment'
import { type SecretReference, secretsOf } from '@hadal/platform/secret-table'

/**
 * References of the secrets whose values the program generates: random passwords and keys, and addresses that contain them. Not included is the
 * address of an external Redis. The addresses of an external database are included, because the program creates its roles.
 */
export function madeSecretReferences(environment: Environment): SecretReference[] {
  const madeHere = [
    'db-credentials',
    'db-application',
    'db-loops',
    'encryption-keys',
    ...(environment.redis.kind === 'external' ? [] : ['redis-credentials']),
  ]
  return secretsOf(environment)
    .filter(({ maker, secret }) => maker === 'secrets' && madeHere.includes(secret))
    .map(({ reference }) => reference)
}
