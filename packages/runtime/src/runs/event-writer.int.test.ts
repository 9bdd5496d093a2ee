import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { decodedLog } from '../fixtures/decoded-log.ts'
import { eventually } from '../fixtures/eventually.ts'
import { claimRun, type OpenQueue, openQueue } from '../fixtures/open-queue.ts'
import { EventRows } from '../store/event-rows.ts'
import { Notifications } from '../store/notifications.ts'
import { lastSequence, type RunEvent } from '../store/queries/run-events.ts'
import type { Lease } from '../store/run-queue.ts'
import { EventWriter } from './event-writer.ts'

const database = createDatabase()
let pool: pg.Pool
let queue: OpenQueue
let notifications: Notifications
let lease: Lease

beforeAll(async () => {
  queue = await openQueue(database())
  pool = queue.pool
  notifications = new Notifications({ url: database(), applicationName: 'writer', onTrouble: () => {}, pool })
})
afterAll(async () => {
  await notifications.stop()
  await queue.close()
})
beforeEach(async () => {
  lease = await claimRun(queue)
})

async function writer(): Promise<EventWriter> {
  const onTrouble = (error: unknown): never => {
    throw error
  }
  const options = {
    lastSequence: await lastSequence(pool, lease.runId),
    form: 'batches',
    streamsMessages: true,
  } as const
  return new EventWriter({ pool, notifications, eventRows: new EventRows(pool) }, { lease, onTrouble }, options)
}

const rows = async (): Promise<RunEvent[]> => {
  const text = 'SELECT sequence, event, data FROM hadal.run_event WHERE run_id = $1 ORDER BY sequence'
  return (await pool.query<RunEvent>(text, [lease.runId])).rows
}
/** Numbers and names of the events in the log, without reservations. */
const written = async (): Promise<[number, string][]> =>
  decodedLog(await rows()).flatMap(({ sequence, event }) => (event === '$mark' ? [] : [[sequence, event]]))

/** Writes an event and two parts of a message, and then deletes the rows of these parts, as a crash of the database may lose them. */
async function loseParts(events: EventWriter): Promise<void> {
  await events.push('metadata', {})
  await events.flush()
  for (const content of ['a', 'b']) {
    await events.push('messages', [{ id: 'm', content }])
    await events.flush()
  }
  expect(await written()).toHaveLength(3)
  const { rowCount } = await pool.query(
    "DELETE FROM hadal.run_event WHERE run_id = $1 AND sequence > 1 AND event <> '$mark'",
    [lease.runId],
  )
  expect(rowCount).toBe(2)
}

test('rows that the database has lost are written again with the next events', async () => {
  const events = await writer()
  await loseParts(events)
  await events.push('messages', [{ id: 'm', content: 'c' }])
  await events.flush()
  expect(await written()).toEqual([
    [1, 'metadata'],
    [2, 'messages'],
    [3, 'messages'],
    [4, 'messages'],
  ])
})

test('rows that may be lost are handed to the transaction that writes the step or ends the run', async () => {
  const events = await writer()
  await loseParts(events)
  await events.push('updates', {})
  let handed: readonly RunEvent[] = []
  await events.appendWith(async (pending) => {
    handed = pending
  })
  expect(decodedLog([...(await rows()), ...handed]).map(({ event }) => event)).toEqual([
    'metadata',
    'messages',
    'messages',
    'updates',
    '$mark',
  ])
  // They are durable now.
  await events.appendWith(async (pending) => {
    handed = pending
  })
  expect(handed).toEqual([])
})

test('rows that the database has lost are written before the run returns to the queue', async () => {
  const events = await writer()
  await loseParts(events)
  await events.settle()
  expect(await written()).toHaveLength(3)
})

test('the next attempt continues above the numbers that an attempt has reserved, and no event gets the number of a reservation', async () => {
  const first = await writer()
  await first.push('metadata', {})
  for (let part = 0; part < 2_500; part++) {
    await first.push('messages', [{ id: 'm', content: `${part}` }])
    if (part % 100 === 0) await first.flush()
  }
  await first.flush()
  const used = await rows()
  const numbers = decodedLog(used).map(({ sequence }) => sequence)
  expect(new Set(numbers).size).toBe(numbers.length)
  const marks = used.filter(({ event }) => event === '$mark').map(({ sequence }) => sequence)
  expect(marks.length).toBeGreaterThan(2)
  expect(await written()).toHaveLength(2_501)
  const second = await writer()
  await second.push('metadata', {})
  await second.flush()
  const [next] = (await written()).slice(-1)
  expect(next).toEqual([(marks.at(-1) ?? 0) + 1, 'metadata'])
})

test('parts of a message that arrive soon after another are written together', async () => {
  const events = await writer()
  await events.push('metadata', {})
  await events.flush()
  for (let part = 0; part < 20; part++) await events.push('messages', [{ id: 'm', content: `${part}` }])
  await eventually(written, (all) => all.length === 21)
  expect((await rows()).length).toBeLessThan(12)
})
