import type { Decision, Limiter } from '@hadal/middleware/rate-limit/limiter'
import { createLimiterAhead } from '@hadal/middleware/rate-limit/limiter-ahead'
import { createLimiterWithSpare } from '@hadal/middleware/rate-limit/limiter-with-spare'
import { createLocalLimiter } from '@hadal/middleware/rate-limit/local-limiter'
import { createRedisLimiter } from '@hadal/middleware/rate-limit/redis-limiter'
import type { CachedRequest } from '@hadal/middleware/response-cache'
import type { ResponseCacheObserver } from '@hadal/middleware/response-cache/answer-flights'
import type { AnswerStore } from '@hadal/middleware/response-cache/answer-store'
import { createRedisAnswerStore } from '@hadal/middleware/response-cache/redis-answer-store'
import { tenantOf } from '@hadal/middleware/tenant-of'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { redisKeyPrefix } from '@hadal/platform/redis-rights'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Seals } from '../store/sealing/seals.ts'
import { openRedis } from './open-redis.ts'
import { createRedisMetrics, type LimitedPlace } from './redis-metrics.ts'
import { sealedAnswerStore } from './sealed-answer-store.ts'

/**
 * Share of a configured rate limit that each process allows while Redis is unavailable. Up to four processes then allow at most the configured limit
 * together; each process allows less than it.
 */
const shareWithoutRedis = 0.25

/** Part of the platform with which agents cache the answers of models. */
export interface PlatformCache {
  readonly store: AnswerStore
  readonly ttlSeconds: number
  readonly observer: ResponseCacheObserver
  readonly tenant: (request: CachedRequest) => string
}

/** Rate limit on the model calls of one run, with the limiter that enforces it. */
export interface PlatformLimit {
  readonly limiter: Limiter
  readonly tenant: string
  readonly perMinute: number
  readonly burst: number
  readonly onDecision: (decision: Decision) => void
}

/** Rate limit on the HTTP requests of one caller and of one tenant, with the limiter that enforces it. */
export interface RequestLimit extends PlatformLimit {
  /** Maximum number of requests of all callers of a tenant per minute; 0 for no limit. */
  readonly tenantPerMinute: number
  /** Whether callers sign in. */
  readonly signsIn: boolean
  /** Number of trusted proxies in front of the server, whose `X-Forwarded-For` is used. */
  readonly trustedProxies: number
}

export interface RedisFeatures {
  readonly cache: PlatformCache | undefined
  readonly modelCalls: PlatformLimit | undefined
  readonly requestLimit: RequestLimit | undefined
  /** Checks whether Redis answers; undefined without Redis. */
  readonly answers: (() => Promise<boolean>) | undefined
  close(): void
}

type RedisVariables = Pick<
  ContainerVariables,
  | Extract<keyof ContainerVariables, `REDIS_${string}`>
  | 'ACCESS'
  | 'CACHE_TTL_SECONDS'
  | 'REQUEST_LIMIT_PER_MINUTE'
  | 'REQUEST_LIMIT_BURST'
  | 'TENANT_LIMIT_REQUESTS_PER_MINUTE'
  | 'TRUSTED_PROXIES'
>

/** Returns the store of answers, which encrypts them if the server encrypts what agents store. */
function answerStore(
  send: Parameters<typeof createRedisAnswerStore>[0],
  prefix: string,
  seals: Seals | undefined,
): AnswerStore {
  const store = createRedisAnswerStore(send, `${prefix}:answer`)
  return seals ? sealedAnswerStore(store, seals) : store
}

/**
 * Creates the response cache and the rate limits. Without Redis nothing is cached, and each process applies the whole limit by itself.
 *
 * @param restoreId id of the newest restore of the whole database. It is part of all keys, so nothing is read that was written before the restore
 * @throws Error if the CA file can't be read
 */
export async function createRedis(
  variables: RedisVariables,
  tenant: string,
  registry: Registry,
  log: Logger,
  seals?: Seals,
  restoreId?: string,
): Promise<RedisFeatures> {
  const prefix = restoreId === undefined ? redisKeyPrefix : `${redisKeyPrefix}:${restoreId}`
  const redis = await openRedis(variables, log)
  const metrics = createRedisMetrics(registry, redis && (() => redis.up))
  const ttlSeconds = variables.CACHE_TTL_SECONDS
  const cache =
    redis && ttlSeconds > 0
      ? {
          store: answerStore(redis.send, prefix, seals),
          ttlSeconds,
          observer: metrics.cache,
          tenant: ({ runtime }: CachedRequest) => tenantOf(runtime.configurable),
        }
      : undefined
  const connection = { answers: redis?.answers, close: () => redis?.close() }
  const perMinute = variables.REQUEST_LIMIT_PER_MINUTE
  const tenantPerMinute = variables.TENANT_LIMIT_REQUESTS_PER_MINUTE
  if (perMinute === 0 && tenantPerMinute === 0)
    return { cache, modelCalls: undefined, requestLimit: undefined, ...connection }
  const limiter: Limiter = redis
    ? createLimiterWithSpare(
        createRedisLimiter(redis.send, `${prefix}:limit`),
        createLocalLimiter({ share: shareWithoutRedis }),
      )
    : createLocalLimiter()
  const limit = { limiter, tenant, perMinute, burst: variables.REQUEST_LIMIT_BURST }
  const onDecision = (where: LimitedPlace) => (decision: Decision) => metrics.decided(where, decision)
  return {
    cache,
    // The bucket of a run is used by the process that executes the run.
    modelCalls:
      perMinute === 0
        ? undefined
        : { ...limit, limiter: redis ? createLimiterAhead(limiter) : limiter, onDecision: onDecision('model') },
    requestLimit: {
      ...limit,
      tenantPerMinute,
      signsIn: variables.ACCESS.kind !== 'open',
      trustedProxies: variables.TRUSTED_PROXIES,
      onDecision: onDecision('request'),
    },
    ...connection,
  }
}
