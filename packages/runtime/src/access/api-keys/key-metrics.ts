import type pg from 'pg'
import { Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../../metrics/create-scrape-query.ts'
import { expiringKeys } from '../../store/queries/api-keys.ts'

/** Number of days before its expiry in which a key counts as expiring. */
const expiringDays = 14

/** Registers the gauge of the keys that expire soon. All processes export the same value. */
export function createKeyMetrics(registry: Registry, pool: pg.Pool): void {
  const count = createScrapeQuery(() => expiringKeys(pool, expiringDays))
  new Gauge({
    name: 'api_keys_expiring',
    help: `Number of valid API keys that expire within ${expiringDays} days and that no newer key replaces`,
    registers: [registry],
    async collect() {
      // While the database is unavailable, the last known value would be wrong.
      this.set((await count()) ?? Number.NaN)
    },
  })
}
