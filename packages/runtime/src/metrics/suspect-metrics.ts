import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { listSuspects } from '../store/queries/suspects.ts'
import { createScrapeQuery } from './create-scrape-query.ts'

/** Maximum number of suspect runs (runs that may have killed their processes) that have a metric series of their own. */
const mostNamed = 10

/**
 * Registers the metrics of suspect runs (runs that may have killed their processes). The gauges are the same in every process, since they come from
 * the database.
 *
 * @returns function that counts one death of a child process
 */
export function createSuspectMetrics(registry: Registry, pool: pg.Pool): () => void {
  const registers = [registry]
  const querySuspects = createScrapeQuery(() => listSuspects(pool))
  const deaths = new Counter({
    name: 'suspect_deaths_total',
    help: 'Number of child processes that died with a suspect while their worker lived',
    registers,
  })
  // Each gauge sets itself: one that another gauge sets shows the value of the previous scrape.
  new Gauge({
    name: 'run_suspect_worker_deaths',
    help: 'Number of workers that died while their child process executed this suspect, since its newest checkpoint',
    labelNames: ['run_id'],
    registers,
    async collect() {
      const suspects = (await querySuspects()) ?? []
      this.reset()
      for (const { run_id, worker_deaths } of suspects.slice(0, mostNamed)) {
        if (worker_deaths > 0) this.set({ run_id }, worker_deaths)
      }
    },
  })
  new Gauge({
    name: 'run_suspects',
    help: 'Number of pending and running runs that are suspected of killing their process',
    registers,
    async collect() {
      const suspects = await querySuspects()
      this.set(suspects?.length ?? Number.NaN)
    },
  })
  return () => deaths.inc()
}
