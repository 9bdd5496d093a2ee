import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { EventRows } from '../../store/event-rows.ts'
import { appendLastEvents, internalEvents, type RunEvent } from '../../store/queries/run-events.ts'
import { LogBatches } from './log-batches.ts'
import { LogReader } from './log-reader.ts'

const database = createDatabase()
let pool: pg.Pool
let runId: string

beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())
beforeEach(async () => {
  const threadId = randomUUID()
  runId = randomUUID()
  await pool.query('INSERT INTO hadal.thread (thread_id) VALUES ($1)', [threadId])
  await pool.query(
    `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request, log_form)
     VALUES ($1, $2, 'echo', $2, 'reject', '{}', 'batches')`,
    [runId, threadId],
  )
})

async function write(rows: readonly RunEvent[]): Promise<void> {
  for (const { sequence, event, data } of rows)
    await pool.query('INSERT INTO hadal.run_event (run_id, sequence, event, data) VALUES ($1, $2, $3, $4)', [
      runId,
      sequence,
      event,
      data,
    ])
}

/** Rows of one attempt's events, with a batch per event. */
const batchesOf = (events: readonly RunEvent[]): RunEvent[] => {
  const batches = new LogBatches()
  return events.flatMap((event) => {
    batches.add(event)
    return batches.take()
  })
}

async function readAll(after: number, wanted: (event: string) => boolean = () => true): Promise<RunEvent[][]> {
  const reader = new LogReader(new EventRows(pool), runId, after, wanted)
  const reads: RunEvent[][] = []
  for (;;) {
    const read = await reader.read()
    if (!read) throw new Error('The run does not exist.')
    reads.push([...read.events])
    if (!read.more) return reads
  }
}

const word = (sequence: number): RunEvent => ({
  sequence,
  event: 'messages',
  data: `[{"content":"${sequence}"},{"a":1}]`,
})

test('a run whose attempts wrote rows of both forms is read in the order of its numbers, from any of them', async () => {
  const first = [1, 2, 3].map(word)
  const second = [1_002, 1_003].map(word)
  const third = [1_004, 1_005, 1_006].map(word)
  await write(batchesOf(first))
  await write([{ sequence: 1_001, event: internalEvents.mark, data: '' }])
  // An attempt of the previous release.
  await write(second)
  await write(batchesOf(third))
  const all = [...first, ...second, ...third]
  for (const after of [0, 1, 3, 500, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 2_000])
    expect((await readAll(after)).flat()).toEqual(all.filter(({ sequence }) => sequence > after))
})

test('a batch whose events are much larger than itself is returned in small portions', async () => {
  const text = 'x'.repeat(100_000)
  const events = Array.from({ length: 40 }, (_, index) => ({
    sequence: index + 1,
    event: 'messages/partial',
    data: `[{"id":"m","content":"${text}${'y'.repeat(index)}"}]`,
  }))
  const batches = new LogBatches()
  for (const event of events) batches.add(event)
  const rows = batches.take()
  expect(rows).toHaveLength(1)
  expect(rows[0]?.data.length).toBeLessThan(110_000)
  await write(rows)
  const reads = await readAll(0)
  expect(reads.flat()).toEqual(events)
  for (const read of reads) expect(read.length).toBeLessThanOrEqual(3)
})

test('a reader gets rows that are written after its last read, and only the events that it wants', async () => {
  const events = Array.from({ length: 10 }, (_, index) => {
    const one = word(index + 1)
    return index % 2 === 0 ? one : { ...one, event: 'custom' }
  })
  const rows = batchesOf(events)
  const reader = new LogReader(new EventRows(pool), runId, 0, (event) => event === 'custom')
  const received: RunEvent[] = []
  for (const row of rows) {
    await write([row])
    received.push(...((await reader.read())?.events ?? []))
  }
  expect(received).toEqual(events.filter(({ event }) => event === 'custom'))
})

test('the end of a run may write rows again that a crash of the database could have lost', async () => {
  const rows = batchesOf([1, 2, 3].map(word))
  await write(rows.slice(0, 2))
  await appendLastEvents(pool, { tenant: 'default', runId }, rows)
  expect((await readAll(0)).flat()).toEqual([1, 2, 3].map(word))
})
