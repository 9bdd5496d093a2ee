import type { Environment } from '@hadal/platform/environment'
import { type SecretReference, secretsOf } from '@hadal/platform/secret-table'

/**
 * The keys whose values this program makes itself: random ones, and addresses made of them. An external Redis is another's, and so is its
 * address; an external database is another's too, but its roles are made here.
 */
export function madeSecretReferences(environment: Environment): SecretReference[] {
  const madeHere = [
    'db-credentials',
    'encryption-keys',
    ...(environment.redis.kind === 'external' ? [] : ['redis-credentials']),
  ]
  return secretsOf(environment)
    .filter(({ maker, secret }) => maker === 'secrets' && madeHere.includes(secret))
    .map(({ reference }) => reference)
}
