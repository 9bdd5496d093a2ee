import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { claimRun, type OpenQueue, openQueue } from '../fixtures/open-queue.ts'
import { EventRows } from './event-rows.ts'
import type { LogAppend } from './queries/run-events.ts'
import { type Queryable, transaction } from './transaction.ts'

const database = createDatabase()
let pool: pg.Pool
let queue: OpenQueue

beforeAll(async () => {
  queue = await openQueue(database())
  pool = queue.pool
})
afterAll(() => queue.close())

/** A pool that counts its statements. */
class CountingPool implements Queryable {
  statements = 0
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>> {
    this.statements += 1
    return pool.query<Row>(text, values)
  }
}

const event = (sequence: number, data = '{}'): LogAppend['rows'][number] => ({ sequence, event: 'custom', data })
const appendOf = async (data?: string): Promise<LogAppend> => ({
  lease: await claimRun(queue),
  rows: [event(1, data), event(2, data)],
})

test('rows of several runs are appended by one statement and read by one statement', async () => {
  const counting = new CountingPool()
  const rows = new EventRows(counting)
  const appends = [await appendOf('"\\u0000"'), await appendOf('"é"')]
  expect(await Promise.all(appends.map(rows.appendVolatile))).toEqual(['written', 'written'])
  expect(counting.statements).toBe(1)
  const read = await Promise.all(
    appends.map(({ lease }, after) => rows.read({ runId: lease.runId, after, fromStart: false })),
  )
  expect(read.map((one) => one?.rows)).toEqual([[event(1, '"\\u0000"'), event(2, '"\\u0000"')], [event(2, '"é"')]])
  expect(counting.statements).toBe(2)
})

test('each of several runs has its own answer', async () => {
  const rows = new EventRows(pool)
  const fine = await appendOf()
  const lost = { ...(await appendOf()), lease: { tenant: 'default', runId: randomUUID(), attempt: 0 } }
  const missing = { ...(await appendOf()), after: 7 }
  expect(await Promise.all([lost, fine, missing].map(rows.appendVolatile))).toEqual(['lost', 'written', 'missing'])
  const read = await Promise.all(
    [lost, fine].map(({ lease }) => rows.read({ runId: lease.runId, after: 0, fromStart: true })),
  )
  expect(read.map((one) => one?.rows.length)).toEqual([undefined, 2])
})

test('a run whose rows the database rejects does not fail the writes of other runs', async () => {
  const rows = new EventRows(pool)
  const [fine, broken] = [await appendOf(), await appendOf('\u0000')]
  const [answer, failure] = await Promise.allSettled([fine, broken].map(rows.appendVolatile))
  expect(answer).toEqual({ status: 'fulfilled', value: 'written' })
  expect(failure?.status).toBe('rejected')
})

test('a run that another transaction keeps locked does not delay the writes of other runs', async () => {
  const rows = new EventRows(pool)
  const [fine, locked] = [await appendOf(), await appendOf()]
  const answer = await transaction(pool, async (client) => {
    await client.query("SELECT 1 FROM pgboss.job WHERE name = 'run' AND id = $1 FOR UPDATE", [locked.lease.runId])
    const late = rows.appendVolatile(locked)
    await expect(rows.appendVolatile(fine)).resolves.toBe('written')
    return { late }
  })
  await expect(answer.late).resolves.toBe('written')
})
