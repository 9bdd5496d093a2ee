import type pg from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'
import { listSuspects } from '../store/queries/suspects.ts'

/** Maximum of suspects that a metric names: each is a series of its own while the run waits. */
const mostNamed = 10

/** Metrics of suspects. The gauges are the same in every process, since they come from the database. @returns counts one death */
export function createSuspectMetrics(registry: Registry, pool: pg.Pool): () => void {
  const registers = [registry]
  const deaths = new Counter({
    name: 'suspect_deaths_total',
    help: 'Child processes that died with a suspect while their worker lived',
    registers,
  })
  // Each gauge asks by itself: a gauge that another one sets shows the scrape before.
  new Gauge({
    name: 'run_suspect_worker_deaths',
    help: 'Workers that died while their child process ran this suspect, since its newest checkpoint',
    labelNames: ['run_id'],
    registers,
    async collect() {
      const suspects = await listSuspects(pool).catch(() => [])
      this.reset()
      for (const { run_id, worker_deaths } of suspects.slice(0, mostNamed)) {
        if (worker_deaths > 0) this.set({ run_id }, worker_deaths)
      }
    },
  })
  new Gauge({
    name: 'run_suspects',
    help: 'Runs that are suspected of killing their process, and wait for a child process or are in one',
    registers,
    async collect() {
      const suspects = await listSuspects(pool).catch(() => undefined)
      this.set(suspects?.length ?? Number.NaN)
    },
  })
  return () => deaths.inc()
}
