import type { Decision, Limiter } from '@hadal/middleware/rate-limit/limiter'
import { limiterWithSpare } from '@hadal/middleware/rate-limit/limiter-with-spare'
import { localLimiter } from '@hadal/middleware/rate-limit/local-limiter'
import { redisLimiter } from '@hadal/middleware/rate-limit/redis-limiter'
import { redisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { redisKeyPrefix } from '@hadal/platform/redis-rights'
import type { Registry } from 'prom-client'
import type { PlatformCache, PlatformLimit } from '../agents/agent-platform.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisMetrics, type LimitedPlace } from './redis-metrics.ts'

/**
 * What each process gives of the limit while Redis is away: so many processes as this is a part of would together give the whole again, and
 * each alone gives less than it.
 */
const shareWithoutRedis = 0.25

/** Limit of the requests of one caller. */
export interface RequestLimit extends PlatformLimit {
  /** Number of proxies in front of the server whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: number
}

export interface RedisParts {
  readonly cache: PlatformCache | undefined
  readonly modelCalls: PlatformLimit | undefined
  readonly requestLimit: RequestLimit | undefined
}

/** What the server builds on Redis. Without one, nothing is cached and each process keeps the whole limit by itself. */
export function createRedisParts(
  variables: Pick<
    ContainerVariables,
    'CACHE_TTL_SECONDS' | 'REQUEST_LIMIT_PER_MINUTE' | 'REQUEST_LIMIT_BURST' | 'TRUSTED_PROXIES'
  >,
  redis: RedisConnection | undefined,
  registry: Registry,
  tenant: string,
): RedisParts {
  const metrics = createRedisMetrics(registry, redis && (() => redis.up))
  const ttlSeconds = variables.CACHE_TTL_SECONDS
  const cache: PlatformCache | undefined =
    redis && ttlSeconds > 0
      ? { store: redisAnswerStore(redis.send, `${redisKeyPrefix}:answer`), ttlSeconds, observer: metrics.cache, tenant }
      : undefined
  const perMinute = variables.REQUEST_LIMIT_PER_MINUTE
  if (perMinute === 0) return { cache, modelCalls: undefined, requestLimit: undefined }
  const limiter: Limiter = redis
    ? limiterWithSpare(redisLimiter(redis.send, `${redisKeyPrefix}:limit`), localLimiter({ share: shareWithoutRedis }))
    : localLimiter()
  const limit = { limiter, tenant, perMinute, burst: variables.REQUEST_LIMIT_BURST }
  const decided = (where: LimitedPlace) => (decision: Decision) => metrics.decided(where, decision)
  return {
    cache,
    modelCalls: { ...limit, decided: decided('model') },
    requestLimit: { ...limit, trustedProxies: variables.TRUSTED_PROXIES, decided: decided('request') },
  }
}
