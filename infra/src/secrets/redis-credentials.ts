import { createHash } from 'node:crypto'
import type { Environment } from '@hadal/platform/environment'
import { ports, redisHost } from '@hadal/platform/names'
import { redisRights } from '@hadal/platform/redis-rights'
import type { SecretReference } from '@hadal/platform/secret-table'

type RedisReference = Extract<SecretReference, `redis-credentials/${string}`>

/** The user of the address where Redis knows users. */
const applicationUser = 'deep_agents'

/**
 * What `redis-credentials` holds where Redis runs in the cluster; nothing for an external one, whose address is asked for.
 *
 * @param nodes password of the nodes, and of their operator
 * @param application password of the address, where that is another user's
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
      return { 'redis-credentials/url': `redis://:${nodes}@${host}`, 'redis-credentials/password': nodes }
    case 'cluster':
      return {
        'redis-credentials/url': `rediss://${applicationUser}:${application}@${host}`,
        'redis-credentials/password': nodes,
        'redis-credentials/acl': [
          `user default on #${digest(nodes)} ~* &* +@all`,
          `user ${applicationUser} on #${digest(application)} ${redisRights}`,
          '',
        ].join('\n'),
      }
  }
}

/** As Redis' file of users takes a password that it need not know. */
const digest = (password: string): string => createHash('sha256').update(password).digest('hex')
