import { createHash } from 'node:crypto'
import type { Environment } from '@hadal/platform/environment'
import { ports, redisHost } from '@hadal/platform/names'
import { redisRights } from '@hadal/platform/redis-rights'
import type { SecretReference } from '@hadal/platform/secret-table'

type RedisReference = Extract<SecretReference, `redis-credentials/${string}`>

/** Redis user of the agent server in a cluster. A standalone Redis has no users. */
const applicationUser = 'deep_agents'

/**
 * Values of the keys of `redis-credentials` for Redis in the cluster. Empty for an external Redis, whose address the user configures.
 *
 * @param nodes password of the nodes and their operator
 * @param application password of the agent server's user, if Redis has users
 */
export function redisCredentials(
  environment: Environment,
  nodes: string,
  application: string,
): Partial<Record<RedisReference, string>> {
  const { redis } = environment
  const host = `${redisHost(environment)}:${ports.redis}`
  switch (redis.kind) {
    case 'external':
      return {}
    case 'standalone':
      return {
        'redis-credentials/url': `redis://:${encodeURIComponent(nodes)}@${host}`,
        'redis-credentials/password': nodes,
      }
    case 'cluster':
      return {
        'redis-credentials/url': `rediss://${applicationUser}:${encodeURIComponent(application)}@${host}`,
        'redis-credentials/password': nodes,
        'redis-credentials/acl': [
          `user default on #${digest(nodes)} ~* &* +@all`,
          `user ${applicationUser} on #${digest(application)} ${redisRights}`,
          '',
        ].join('\n'),
      }
  }
}

/** SHA-256 digest of a password, which Redis' ACL file accepts instead of the password. */
const digest = (password: string): string => createHash('sha256').update(password).digest('hex')
