import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { claimRun, type OpenQueue, openQueue } from '../../fixtures/open-queue.ts'
import { type Lease, runQueue } from '../run-queue.ts'
import { insertAsked, insertClosed } from './approval-events.ts'
import { endOrdinaryRun, requestCancel } from './end-run.ts'
import { openAttempt } from './run-attempts.ts'

const database = createDatabase()
const tenant = 'default'
let pool: pg.Pool
let boss: PgBoss
let queue: OpenQueue

beforeAll(async () => {
  queue = await openQueue(database())
  pool = queue.pool
  boss = queue.boss
})
afterAll(async () => {
  await queue.close()
})

async function runningRun(): Promise<Lease> {
  const lease = await claimRun(queue)
  await openAttempt(pool, { ...lease, tenant, instanceId: randomUUID(), checkpoint: null })
  return lease
}

const events = [{ sequence: 1, event: '$output', data: '{}' }]
const left = { status: 'idle', values: '{"said":"hello"}', interrupts: '{}', error: null } as const
const end = { status: 'success', error: null, events, thread: left } as const

/** Everything that the end of a run may change. */
async function stored({ runId, threadId }: Lease): Promise<Record<string, unknown>> {
  const { rows } = await pool.query(
    `SELECT (SELECT to_jsonb(t) FROM hadal.thread AS t WHERE thread_id = $1) AS thread,
       (SELECT to_jsonb(r) FROM hadal.run AS r WHERE run_id = $2) AS run,
       (SELECT to_jsonb(j) FROM pgboss.job AS j WHERE id = $2) AS job,
       (SELECT to_jsonb(a) FROM hadal.run_attempt AS a WHERE run_id = $2) AS attempt,
       (SELECT jsonb_agg(e) FROM hadal.run_event AS e WHERE run_id = $2) AS events`,
    [threadId, runId],
  )
  return rows[0]
}

describe('the end of a run in one statement', () => {
  test('writes its status, last events and attempt, and the state of the thread', async () => {
    const lease = await runningRun()
    expect(await endOrdinaryRun(pool, lease, end)).toBe('ended')
    expect(await stored(lease)).toMatchObject({
      thread: { status: 'idle', values: { said: 'hello' }, interrupts: {}, error: null },
      run: { status: 'success', error: null, ended_at: expect.any(String) },
      attempt: { reason: 'ended', ended_at: expect.any(String) },
      events: [{ sequence: 1, event: '$output' }],
    })
  })

  test('leaves the job as pg-boss leaves a job that it completes', async () => {
    const [ours, theirs] = [await runningRun(), await runningRun()]
    await endOrdinaryRun(pool, ours, end)
    await boss.complete(runQueue, { id: theirs.runId, retryCount: theirs.attempt })
    const own = { id: '', data: '', singleton_key: '', created_on: '', started_on: '', start_after: '' }
    const times = { heartbeat_on: '', keep_until: '', completed_on: '' }
    const job = async (lease: Lease) => ({ ...Object((await stored(lease)).job), ...own, ...times })
    expect(await job(ours)).toEqual(await job(theirs))
  })

  test('is repeated without effect after its answer was lost', async () => {
    const lease = await runningRun()
    await endOrdinaryRun(pool, lease, end)
    const before = await stored(lease)
    expect(await endOrdinaryRun(pool, lease, { ...end, status: 'error' })).toBe('ended_next')
    expect(await stored(lease)).toEqual(before)
  })

  test('keeps the values of a thread whose state can not be read, and frees the thread', async () => {
    const lease = await runningRun()
    await pool.query(`UPDATE hadal.thread SET "values" = '{"kept":true}' WHERE thread_id = $1`, [lease.threadId])
    expect(await endOrdinaryRun(pool, lease, { ...end, thread: undefined })).toBe('ended')
    expect((await stored(lease)).thread).toMatchObject({ status: 'idle', values: { kept: true } })
  })

  test('leaves a thread busy whose next run waits', async () => {
    const lease = await runningRun()
    await pool.query(
      `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request)
       VALUES (gen_random_uuid(), $1, 'echo', $1, 'enqueue', '{}')`,
      [lease.threadId],
    )
    expect(await endOrdinaryRun(pool, lease, end)).toBe('ended_next')
    expect((await stored(lease)).thread).toMatchObject({ status: 'busy', values: { said: 'hello' } })
  })
})

describe('nothing is written', () => {
  const digest = 'a'.repeat(64)
  const ask = async ({ threadId, runId }: Lease): Promise<string> => {
    const question = randomUUID().replaceAll('-', '').repeat(2)
    const asked = { digest: question, tenant, threadId, place: 'tools call', tool: 'pay', expiresAt: new Date(), runId }
    await insertAsked(pool, asked)
    return question
  }

  test.each<[string, string, (lease: Lease) => Promise<unknown>]>([
    ['if a client requested a rollback', 'rollback', ({ runId }) => requestCancel(pool, runId, { action: 'rollback' })],
    ['if the thread has an open approval request', 'approvals', ask],
    [
      'after another attempt took the run',
      'lease_lost',
      async ({ runId, attempt }) => {
        await boss.fail(runQueue, { id: runId, retryCount: attempt })
        await boss.fetch(runQueue)
      },
    ],
  ])('%s', async (_, answer, change) => {
    const lease = await runningRun()
    await change(lease)
    const before = await stored(lease)
    expect(await endOrdinaryRun(pool, lease, end)).toBe(answer)
    expect(await stored(lease)).toEqual(before)
  })

  test('if the thread shows a closed approval request, which then disappears', async () => {
    const lease = await runningRun()
    const question = await ask(lease)
    await insertClosed(pool, { event: 'withdrawn', digest: question, runId: lease.runId, reason: 'test' })
    const shows = (shown: string): string => JSON.stringify({ task: [{ value: { approval: { digest: shown } } }] })
    const before = await stored(lease)
    expect(await endOrdinaryRun(pool, lease, { ...end, thread: { ...left, interrupts: shows(question) } })).toBe(
      'approvals',
    )
    expect(await stored(lease)).toEqual(before)
    // A digest of another thread, of which this thread is a copy.
    expect(await endOrdinaryRun(pool, lease, { ...end, thread: { ...left, interrupts: shows(digest) } })).toBe('ended')
  })
})
