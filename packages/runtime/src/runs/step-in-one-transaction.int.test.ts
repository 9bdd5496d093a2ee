import { randomUUID } from 'node:crypto'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { claimRun, type OpenQueue, openQueue } from '../fixtures/open-queue.ts'
import { EventRows } from '../store/event-rows.ts'
import { LeasedSaver, LeaseLost } from '../store/leased-saver.ts'
import { Notifications } from '../store/notifications.ts'
import { type Lease, runQueue } from '../store/run-queue.ts'
import { EventWriter } from './event-writer.ts'

const database = createDatabase()
let pool: pg.Pool
let queue: OpenQueue
let notifications: Notifications
let lease: Lease
let lastAnswer: 'arrives' | 'is lost once' = 'arrives'

/** Returns a pool whose connection breaks after a statement of the saver was committed, if the test asks for it. */
function breakingPool(): pg.Pool {
  const query = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    const result = await pool.query(text, values)
    if (lastAnswer === 'arrives' || !text.includes('save_v2')) return result
    lastAnswer = 'arrives'
    throw new Error('Connection terminated unexpectedly')
  }
  return new Proxy(pool, {
    get: (target, property) => (property === 'query' ? query : Reflect.get(target, property)),
  })
}

beforeAll(async () => {
  queue = await openQueue(database())
  pool = queue.pool
  notifications = new Notifications({ url: database(), applicationName: 'step', onTrouble: () => {}, pool })
})
afterAll(async () => {
  await notifications.stop()
  await queue.close()
})
beforeEach(async () => {
  lease = await claimRun(queue)
})

const config = (): { configurable: Record<string, unknown> } => ({
  configurable: { thread_id: lease.threadId, checkpoint_ns: '' },
})
const metadata = { source: 'loop' as const, step: 1, parents: {} }

function attempt(): { saver: LeasedSaver; events: EventWriter; troubles: unknown[] } {
  const troubles: unknown[] = []
  const saving = { lease, onTrouble: (error: unknown) => void troubles.push(error) }
  const events = new EventWriter({ pool, notifications, eventRows: new EventRows(pool) }, saving, {
    lastSequence: 0,
    form: 'rows',
    streamsMessages: false,
  })
  const saver = new LeasedSaver(breakingPool(), saving, (_, save) => events.appendWith(save))
  return { saver, events, troubles }
}

async function pushFive(events: EventWriter): Promise<void> {
  // Each push waits for nothing: the first one is written at once, and the others wait for that write.
  for (let count = 1; count <= 5; count++) await events.push('updates', { count })
}

const written = async (): Promise<{ sequence: number; transaction: string }[]> => {
  const { rows } = await pool.query(
    'SELECT sequence, xmin::text AS transaction FROM hadal.run_event WHERE run_id = $1 ORDER BY sequence',
    [lease.runId],
  )
  return rows
}
const transactionsOf = async (table: 'checkpoints' | 'checkpoint_writes'): Promise<string[]> => {
  const { rows } = await pool.query(`SELECT xmin::text AS transaction FROM public.${table} WHERE thread_id = $1`, [
    lease.threadId,
  ])
  return rows.map(({ transaction }) => transaction)
}

describe('one transaction writes', () => {
  test('a checkpoint and the events before it', async () => {
    const { saver, events } = attempt()
    await pushFive(events)
    await saver.put(config(), emptyCheckpoint(), metadata, {})
    const [transaction] = await transactionsOf('checkpoints')
    const log = await written()
    expect(log.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
    expect(log.at(-1)?.transaction).toBe(transaction)
  })

  test('the results of tasks and the checkpoint after them', async () => {
    const { saver } = attempt()
    const before = { configurable: { ...config().configurable, checkpoint_id: randomUUID() } }
    await Promise.all([
      saver.putWrites(before, [['a', 1]], randomUUID()),
      saver.putWrites(before, [['b', 2]], randomUUID()),
      saver.put(config(), emptyCheckpoint(), metadata, {}),
    ])
    const transactions = [...(await transactionsOf('checkpoint_writes')), ...(await transactionsOf('checkpoints'))]
    expect(transactions).toHaveLength(3)
    expect(new Set(transactions).size).toBe(1)
  })

  test('the checkpoint of an input and the one after it, which keep their order', async () => {
    const { saver } = attempt()
    const [first, second] = [emptyCheckpoint(), emptyCheckpoint()]
    await saver.put(config(), first, { ...metadata, source: 'input' }, {})
    await saver.put({ configurable: { ...config().configurable, checkpoint_id: first.id } }, second, metadata, {})
    expect(new Set(await transactionsOf('checkpoints')).size).toBe(1)
    const { rows } = await pool.query(
      `SELECT checkpoint_id AS id, rank() OVER (ORDER BY hadal_sequence)::int AS place FROM public.checkpoints
       WHERE thread_id = $1 ORDER BY place`,
      [lease.threadId],
    )
    expect(rows).toEqual([
      { id: first.id, place: 1 },
      { id: second.id, place: 2 },
    ])
  })
})

describe('the events of a step', () => {
  test('are written once if the connection breaks after their commit', async () => {
    const { saver, events, troubles } = attempt()
    await pushFive(events)
    lastAnswer = 'is lost once'
    await saver.put(config(), emptyCheckpoint(), metadata, {})
    await events.push('values', {})
    await events.flush()
    expect((await written()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await transactionsOf('checkpoints')).toHaveLength(1)
    expect(troubles).toEqual([])
  })

  test('are written without their checkpoint if the database refuses it', async () => {
    const { saver, events } = attempt()
    await pushFive(events)
    const unstorable = { ...emptyCheckpoint(), channel_versions: { 'a\0b': 1 } }
    await expect(saver.put(config(), unstorable, metadata, {})).rejects.toThrow('unsupported Unicode')
    await events.push('error', {})
    await events.flush()
    expect((await written()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await transactionsOf('checkpoints')).toEqual([])
  })

  test('are not written, like their checkpoint, after another attempt took the run', async () => {
    const { saver, events, troubles } = attempt()
    await events.push('metadata', {})
    await events.flush()
    await queue.boss.fail(runQueue, { id: lease.runId, retryCount: lease.attempt })
    await queue.boss.fetch(runQueue)
    await pushFive(events)
    await expect(saver.put(config(), emptyCheckpoint(), metadata, {})).rejects.toThrow()
    await events.flush()
    expect((await written()).map(({ sequence }) => sequence)).toEqual([1])
    expect(await transactionsOf('checkpoints')).toEqual([])
    expect(troubles[0]).toBeInstanceOf(LeaseLost)
  })
})

describe('the checkpoint of an input that the database refuses', () => {
  test('prevents later writes, and its error reaches the run', async () => {
    const { saver } = attempt()
    const unstorable = { ...emptyCheckpoint(), channel_versions: { 'a\0b': 1 } }
    await saver.put(config(), unstorable, { ...metadata, source: 'input' }, {})
    await expect(saver.settled()).rejects.toThrow('unsupported Unicode')
    await expect(saver.put(config(), emptyCheckpoint(), metadata, {})).rejects.toThrow('unsupported Unicode')
    expect(await transactionsOf('checkpoints')).toEqual([])
  })
})
