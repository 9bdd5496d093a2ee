import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../../metrics/create-scrape-query.ts'
import { overdueSeconds } from '../../store/queries/due-threads.ts'
import { itemsOverdueSeconds } from '../../store/queries/expired-items.ts'
import { retentionRules } from './retention-rules.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** Kinds of removed data. */
const kinds = [
  'temporary_thread',
  'thread',
  'checkpoint',
  'event',
  'idempotency_key',
  'store_item',
  'reservation',
  'user_spending',
  'instance',
]

/** Callbacks of the sweeper for its metrics. */
export interface RetentionMetrics {
  removed(kind: string, count: number): void
  failed(kind: string): void
}

/** Registers the metrics of the sweeper. The gauge of overdue removals is the same in all processes, so an alert takes the maximum. */
export function createRetentionMetrics(
  registry: Registry,
  pool: pg.Pool,
  settings: RetentionSettings,
): RetentionMetrics {
  const registers = [registry]
  const removed = new Counter({
    name: 'hadal_retention_removed_total',
    help: 'Number of threads, checkpoints, store items and other rows that this process removed because they had outlived their time',
    labelNames: ['kind'],
    registers,
  })
  const errors = new Counter({
    name: 'hadal_retention_errors_total',
    help: 'Number of failed removals of this process',
    labelNames: ['kind'],
    registers,
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const kind of kinds) {
    removed.inc({ kind }, 0)
    errors.inc({ kind }, 0)
  }
  const rules = retentionRules(settings)
  const queryOverdue = createScrapeQuery(async () => {
    let longest = await itemsOverdueSeconds(pool)
    for (const { due } of rules) longest = Math.max(longest, await overdueSeconds(pool, due))
    return longest
  })
  new Gauge({
    name: 'hadal_retention_overdue_seconds',
    help: 'Seconds for which the thread or store item that is due longest has waited for its removal, or for that of its checkpoints; 0 if none is due',
    registers,
    async collect() {
      // While the database is unavailable, the last known value would be wrong.
      this.set((await queryOverdue()) ?? Number.NaN)
    },
  })
  return {
    removed: (kind, count) => removed.inc({ kind }, count),
    failed: (kind) => errors.inc({ kind }),
  }
}
