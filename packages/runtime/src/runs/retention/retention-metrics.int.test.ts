import { expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { useTestServer } from '../../fixtures/start-test-server.ts'
import { withClient } from '../../fixtures/with-client.ts'

const database = createDatabase()
const server = useTestServer(database)

async function metric(line: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return Number(found?.split(' ').at(-1))
}

test('the metrics show how long the removal of the oldest due thread is late, and count removed rows', async () => {
  expect(await metric('hadal_retention_overdue_seconds')).toBe(0)
  for (const kind of [
    'thread',
    'checkpoint',
    'temporary_thread',
    'event',
    'idempotency_key',
    'store_item',
    'reservation',
    'user_spending',
    'instance',
  ]) {
    expect(await metric(`hadal_retention_removed_total{kind="${kind}"}`)).toBe(0)
    expect(await metric(`hadal_retention_errors_total{kind="${kind}"}`)).toBe(0)
  }
  const { thread_id } = await server().client.threads.create({ ttl: 60 })
  await withClient(database(), (client) =>
    client.query("UPDATE hadal.thread SET expires_at = now() - interval '2 hours' WHERE thread_id = $1", [thread_id]),
  )
  const late = await metric('hadal_retention_overdue_seconds')
  expect(late).toBeGreaterThanOrEqual(7_200)
  expect(late).toBeLessThan(10_800)
})
