import type pg from 'pg'
import { Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../metrics/create-scrape-query.ts'
import { type NewestResult, newestResults, type RecoveryKind } from '../store/queries/recovery-results.ts'

/** Registers the gauges of backups and drills. All processes export the same values, which the commands store in the database. */
export function createRecoveryMetrics(registry: Registry, pool: pg.Pool): void {
  const query = createScrapeQuery(() => newestResults(pool))
  const gauge = (
    name: string,
    help: string,
    kind: RecoveryKind,
    read: (result: NewestResult | undefined) => number | null | undefined,
  ): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const results = await query()
        // While the database is unavailable, the last known value would be wrong.
        this.set(results ? (read(results.find((one) => one.kind === kind)) ?? Number.NaN) : Number.NaN)
      },
    })
  }
  for (const kind of ['backup', 'drill'] as const) {
    const of = kind === 'backup' ? 'backup' : 'restore drill'
    gauge(
      `${kind}_last_success_timestamp_seconds`,
      `When the newest successful ${of} ended, in seconds since 1970; if there is none, since when results are stored`,
      kind,
      (result) => result?.successSeconds,
    )
    gauge(`${kind}_failed`, `1 if the newest ${of} failed, else 0`, kind, (result) => (result?.failed ? 1 : 0))
  }
  gauge('backup_last_bytes', 'Size of the newest backup in its target', 'backup', (result) => result?.bytes)
  gauge(
    'drill_rpo_seconds',
    "Age of the backup's snapshot at the beginning of the newest successful restore drill",
    'drill',
    (result) => result?.rpoSeconds,
  )
  gauge(
    'drill_rto_seconds',
    'Seconds that the newest successful restore drill took from the beginning of the restore until a restored run had ended',
    'drill',
    (result) => result?.rtoSeconds,
  )
}
