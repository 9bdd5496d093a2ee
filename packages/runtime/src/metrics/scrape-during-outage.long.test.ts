import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

/** `scrapeTimeout` of the PodMonitor in milliseconds. Without a response until then, Prometheus sets `up` to 0 and has no sample of any metric. */
const scrapeTimeoutMs = 10_000

const database = createDatabase()
const server = useTestServer(database, { DATABASE_POOL_SIZE: '2', DATABASE_POOL_OVERFLOW: '0' })

async function scrape(): Promise<string> {
  const url = `http://127.0.0.1:${server().metricsPort}/metrics`
  const response = await fetch(url, { signal: AbortSignal.timeout(scrapeTimeoutMs) })
  return response.text()
}

test('a scrape ends in time while the database does not answer and requests use every connection', async () => {
  const locker = new pg.Client({ connectionString: database() })
  await locker.connect()
  expect(await scrape()).toMatch(/^run_queue_waiting 0$/m)
  try {
    await locker.query('BEGIN; LOCK TABLE hadal.run, hadal.thread IN ACCESS EXCLUSIVE MODE')
    const requests = Array.from({ length: 5 }, () =>
      fetch(`${server().url}/threads/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    )
    // Every gauge of the queue shows this scrape, not the one before.
    const text = await scrape()
    for (const gauge of ['run_queue_age_seconds', 'run_queue_waiting', 'runs_running'])
      expect(text).toMatch(new RegExp(`^${gauge} nan$`, 'im'))
    await eventually(scrape, (said) => /^database_pool_waiting [1-9]/m.test(said))
    await locker.query('ROLLBACK')
    await Promise.all(requests)
  } finally {
    await locker.end()
  }
  expect(await eventually(scrape, (said) => !/^run_queue_age_seconds nan$/im.test(said))).toMatch(
    /^run_queue_age_seconds \d/m,
  )
})
