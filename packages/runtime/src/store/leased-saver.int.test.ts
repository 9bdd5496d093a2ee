import { randomUUID } from 'node:crypto'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { claimJob, type OpenQueue, openQueue } from '../fixtures/open-queue.ts'
import { isConnectionTrouble } from './connection-trouble.ts'
import { LeasedSaver, LeaseLost } from './leased-saver.ts'
import { type Lease, leaseQuery, runQueue } from './run-queue.ts'
import { ThreadSaver } from './thread-saver.ts'

const database = createDatabase()
let pool: pg.Pool
let boss: PgBoss
let queue: OpenQueue
let lease: Lease

beforeAll(async () => {
  queue = await openQueue(database())
  pool = queue.pool
  boss = queue.boss
})
afterAll(async () => {
  await queue.close()
})
beforeEach(async () => {
  lease = await claimJob(boss)
})

const config = () => ({ configurable: { thread_id: lease.threadId, checkpoint_ns: '' } })
const metadata = { source: 'loop' as const, step: 1, parents: {} }
const written = async (): Promise<number> => {
  const { rows } = await pool.query('SELECT count(*)::int AS count FROM checkpoints WHERE thread_id = $1', [
    lease.threadId,
  ])
  return rows[0].count
}

describe('the saver of an attempt', () => {
  test('writes while its lease is valid, and marks its checkpoints with the run', async () => {
    const saver = new LeasedSaver(pool, { lease, onTrouble() {} })
    await saver.put(config(), emptyCheckpoint(), metadata, {})
    expect((await new ThreadSaver(pool).getTuple(config()))?.metadata).toEqual({ ...metadata, run_id: lease.runId })
    expect((await saver.getTuple(config()))?.metadata).toEqual(metadata)
  })

  test('writes neither checkpoints nor pending writes after another attempt took the run', async () => {
    const troubles: unknown[] = []
    const saver = new LeasedSaver(pool, { lease, onTrouble: (error) => troubles.push(error) })
    await boss.fail(runQueue, { id: lease.runId, retryCount: lease.attempt })
    const [again] = await boss.fetch(runQueue)
    expect(again?.id).toBe(lease.runId)
    await expect(saver.put(config(), emptyCheckpoint(), metadata, {})).rejects.toThrow(LeaseLost)
    const checkpoint = { configurable: { ...config().configurable, checkpoint_id: randomUUID() } }
    await expect(saver.putWrites(checkpoint, [['channel', 1]], randomUUID())).rejects.toThrow(LeaseLost)
    expect(await written()).toBe(0)
    expect(troubles).toHaveLength(2)
    await expect(saver.deleteThread(lease.threadId)).rejects.toThrow(LeaseLost)
    const newer = new LeasedSaver(pool, { lease: { ...lease, attempt: lease.attempt + 1 }, onTrouble() {} })
    await newer.put(config(), emptyCheckpoint(), metadata, {})
    expect(await written()).toBe(1)
  })

  test('does not prevent the loss of its lease while its write waits for a table', async () => {
    const client = await pool.connect()
    onTestFinished(async () => {
      await client.query('ROLLBACK')
      client.release()
    })
    await client.query('BEGIN')
    await client.query('LOCK TABLE public.checkpoints IN SHARE MODE')
    const saver = new LeasedSaver(pool, { lease, onTrouble() {} })
    const refused = expect(saver.put(config(), emptyCheckpoint(), metadata, {})).rejects.toThrow(LeaseLost)
    await eventually(
      () => pool.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%save_v2%'"),
      ({ rowCount }) => rowCount === 1,
    )
    await boss.fail(runQueue, { id: lease.runId, retryCount: lease.attempt })
    await boss.fetch(runQueue)
    await client.query('ROLLBACK')
    await refused
  })

  test.each([
    ['of a statement', leaseQuery],
    ['of the function that saves a step', 'SELECT 1 WHERE hadal.hold_lease_v1($1, $2)'],
  ])('prevents the loss of its lease between the check %s and the write', async (_, check) => {
    const client = await pool.connect()
    onTestFinished(async () => {
      await client.query('COMMIT')
      client.release()
    })
    await client.query('BEGIN')
    expect((await client.query(check, [lease.runId, lease.attempt])).rowCount).toBe(1)
    let taken = false
    const taking = boss.fail(runQueue, { id: lease.runId, retryCount: lease.attempt }).then(() => {
      taken = true
    })
    await client.query('SELECT pg_sleep(0.2)')
    expect(taken).toBe(false)
    await client.query('COMMIT')
    await taking
    expect(taken).toBe(true)
    // The next test must not claim this run.
    await boss.fetch(runQueue)
  })
})

test('two branches of a thread keep their own values, although both continue the same checkpoint', async () => {
  const saver = new ThreadSaver(pool)
  const branch = async (value: string): Promise<{ configurable?: Record<string, unknown> }> => {
    const version = saver.getNextVersion(1)
    const checkpoint = { ...emptyCheckpoint(), channel_values: { said: value }, channel_versions: { said: version } }
    return saver.put(config(), checkpoint, metadata, { said: version })
  }
  const [first, second] = [await branch('first'), await branch('second')]
  expect((await saver.getTuple(first))?.checkpoint.channel_values).toEqual({ said: 'first' })
  expect((await saver.getTuple(second))?.checkpoint.channel_values).toEqual({ said: 'second' })
})

test('distinguishes an unavailable database from an invalid statement', async () => {
  const wrong = await pool.query('SELECT nothing FROM nowhere').catch((error: unknown) => error)
  expect(isConnectionTrouble(wrong)).toBe(false)
  const away = await new pg.Client({ port: 1, host: '127.0.0.1' }).connect().catch((error: unknown) => error)
  expect(isConnectionTrouble(away)).toBe(true)
  const client = await pool.connect()
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  client.on('error', () => {})
  const killed = client.query('SELECT pg_sleep(10)').catch((error: unknown) => error)
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
  expect(isConnectionTrouble(await killed)).toBe(true)
  client.release(true)
})
