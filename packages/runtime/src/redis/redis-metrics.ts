import type { Decision } from '@hadal/middleware/rate-limit/limiter'
import type { ResponseCacheObserver } from '@hadal/middleware/response-cache/answer-flights'
import { Counter, Gauge, type Registry } from 'prom-client'

/** Where a limit is kept: at the door of the API, or before a model. */
export type LimitedPlace = 'request' | 'model'

export interface RedisMetrics {
  readonly cache: ResponseCacheObserver
  decided(where: LimitedPlace, decision: Decision): void
}

/**
 * What Prometheus may ask about Redis and what stands on it.
 *
 * @param up whether Redis answered when it was asked last; undefined without a Redis
 */
export function createRedisMetrics(registry: Registry, up: (() => boolean) | undefined): RedisMetrics {
  const registers = [registry]
  if (up) {
    new Gauge({
      name: 'redis_up',
      help: 'Whether Redis answered when it was asked last',
      registers,
      collect() {
        this.set(up() ? 1 : 0)
      },
    })
  }
  const requests = new Counter({
    name: 'response_cache_requests_total',
    help: 'Model calls by what the cache had: hit, shared with one under way, miss, skipped',
    labelNames: ['result'],
    registers,
  })
  const errors = new Counter({
    name: 'response_cache_errors_total',
    help: 'Failures of the cache, each of which made a miss',
    labelNames: ['reason'],
    registers,
  })
  const tokens = new Counter({
    name: 'response_cache_saved_tokens_total',
    help: 'Tokens that answers from the cache had cost when they were made',
    registers,
  })
  const seconds = new Counter({
    name: 'response_cache_saved_seconds_total',
    help: 'Time that answers from the cache had taken when they were made',
    registers,
  })
  const decisions = new Counter({
    name: 'rate_limit_decisions_total',
    help: 'Decisions of the limiter: where, whether admitted, and by Redis or by the stricter local bucket',
    labelNames: ['where', 'decision', 'by'],
    registers,
  })
  // A rate needs the series to be there before its first increase.
  for (const result of ['hit', 'shared', 'miss', 'skipped']) requests.inc({ result }, 0)
  for (const reason of ['store', 'corrupt']) errors.inc({ reason }, 0)
  for (const where of ['request', 'model'])
    for (const decision of ['admitted', 'refused'])
      for (const by of ['redis', 'local']) decisions.inc({ where, decision, by }, 0)
  return {
    cache: {
      onRequest: (result) => requests.inc({ result }),
      onFailure: (reason) => errors.inc({ reason }),
      onSaving(saving) {
        tokens.inc(saving.tokens)
        seconds.inc(saving.seconds)
      },
    },
    decided: (where, { admitted, by }) => decisions.inc({ where, decision: admitted ? 'admitted' : 'refused', by }),
  }
}
