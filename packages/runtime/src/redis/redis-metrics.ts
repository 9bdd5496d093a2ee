import type { Decision } from '@hadal/middleware/rate-limit/limiter'
import type { ResponseCacheObserver } from '@hadal/middleware/response-cache/answer-flights'
import { Counter, Gauge, type Registry } from 'prom-client'

/** Where a rate limit is applied: to requests of the API, or to model calls. Label of the metrics. */
export type LimitedPlace = 'request' | 'model'

export interface RedisMetrics {
  readonly cache: ResponseCacheObserver
  decided(where: LimitedPlace, decision: Decision): void
}

/**
 * Registers the metrics of Redis, the response cache and the rate limits.
 *
 * @param up returns whether Redis answered the last command; undefined without Redis
 */
export function createRedisMetrics(registry: Registry, up: (() => boolean) | undefined): RedisMetrics {
  const registers = [registry]
  if (up) {
    new Gauge({
      name: 'redis_up',
      help: 'Whether Redis answered the last command (1 or 0)',
      registers,
      collect() {
        this.set(up() ? 1 : 0)
      },
    })
  }
  const requests = new Counter({
    name: 'response_cache_requests_total',
    help: 'Number of model calls by the result of the response cache: hit, shared with an active identical call, miss, skipped',
    labelNames: ['result'],
    registers,
  })
  const errors = new Counter({
    name: 'response_cache_errors_total',
    help: 'Number of failures of the response cache, each of which counts as a miss',
    labelNames: ['reason'],
    registers,
  })
  const tokens = new Counter({
    name: 'response_cache_saved_tokens_total',
    help: 'Number of tokens that cached answers had used originally',
    registers,
  })
  const seconds = new Counter({
    name: 'response_cache_saved_seconds_total',
    help: 'Seconds that cached answers had taken originally',
    registers,
  })
  const decisions = new Counter({
    name: 'rate_limit_decisions_total',
    help: 'Number of decisions of the rate limiter, by place, decision, and limiter: Redis or the stricter local bucket',
    labelNames: ['where', 'decision', 'by'],
    registers,
  })
  // PromQL's rate() needs the series to exist before its first increase.
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
