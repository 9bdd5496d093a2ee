import { late, within } from '@hadal/middleware/within'

/** Maximum time in milliseconds that a scrape waits for a query. It is less than `scrapeTimeout` of the PodMonitor, which is 10 s. */
const scrapeWaitsMs = 5_000

/**
 * Creates a function that runs a query for gauges during a scrape. It returns undefined if the query fails or takes too long. Gauges that are read
 * while the query runs share it, so scrapes do not fill the queue of a connection pool that is exhausted.
 *
 * Without the limit, Prometheus would end the scrape and get no metric at all, and alerts would report that the pods are down.
 */
export function createScrapeQuery<Result>(query: () => Promise<Result>): () => Promise<Result | undefined> {
  let running: Promise<Result | undefined> | undefined
  return async () => {
    running ??= query()
      .catch(() => undefined)
      .finally(() => {
        running = undefined
      })
    const result = await within(running, scrapeWaitsMs)
    return result === late ? undefined : result
  }
}
