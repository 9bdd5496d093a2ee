import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { createQueue } from '../create-queue.ts'
import { queueDatabase } from '../queue-database.ts'
import { type Lease, runQueue } from '../run-queue.ts'
import { transaction } from '../transaction.ts'
import { claimRuns, repairReadyRuns } from './claim-runs.ts'
import { insertRun } from './insert-run.ts'
import { queueNumbers } from './queue-numbers.ts'
import { insertThread, lockThread } from './thread-rows.ts'

const tenant = 'default'
const database = createDatabase()
let pool: pg.Pool
let boss: PgBoss
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: database(), max: 20 })
  boss = createQueue(pool, () => {})
  await boss.start()
})
afterAll(async () => {
  await boss.stop({ graceful: false, close: false })
  await pool.end()
})
beforeEach(() => pool.query('TRUNCATE pgboss.job, hadal.thread, hadal.ready_run CASCADE'))

async function newThread(): Promise<string> {
  const threadId = randomUUID()
  await insertThread(pool, { threadId, metadata: '{}' })
  return threadId
}

const graph = () => ({
  graphId: 'steps',
  assistantId: randomUUID(),
  multitaskStrategy: 'enqueue' as const,
  metadata: '{}',
  request: '{}',
})

const lockWait = () =>
  eventually(
    () => pool.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"),
    ({ rowCount }) => rowCount !== 0,
  )

/** Accepts a run as both releases do: under the thread's lock, with the job by pg-boss. */
async function submit(threadId: string, startAfter?: number): Promise<string> {
  const runId = randomUUID()
  await transaction(pool, async (client) => {
    await lockThread(client, threadId)
    await insertRun(client, { ...graph(), runId, threadId })
    const options = { id: runId, singletonKey: threadId, ...(startAfter ? { startAfter } : {}) }
    await boss.send(runQueue, { threadId }, { ...options, db: queueDatabase(client) })
  })
  return runId
}

async function claim(most = 1): Promise<string[]> {
  const { claims } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most })
  return claims.map(({ lease }) => lease.runId)
}

async function endRun(threadId: string, runId: string, how: 'completed' | 'deleted' = 'completed'): Promise<void> {
  await transaction(pool, async (client) => {
    await lockThread(client, threadId)
    await client.query("UPDATE hadal.run SET status = 'success' WHERE run_id = $1", [runId])
    const db = { db: queueDatabase(client) }
    await (how === 'completed' ? boss.complete(runQueue, runId, null, db) : boss.deleteJob(runQueue, runId, db))
  })
}

/** Runs that are ready by the table and not by the decision (surplus), or the reverse (missing). */
async function differences(): Promise<{ missing: number; surplus: number }> {
  const { rows } = await pool.query<{ missing: number; surplus: number }>(
    `WITH heads AS (
       SELECT thread_id, head.run_id FROM hadal.thread CROSS JOIN LATERAL hadal.head_of_thread_v1(thread_id) AS head)
     SELECT (SELECT count(*)::int FROM (SELECT thread_id FROM heads EXCEPT SELECT thread_id FROM hadal.ready_run) AS one) AS missing,
       (SELECT count(*)::int FROM (SELECT thread_id FROM hadal.ready_run EXCEPT SELECT thread_id FROM heads) AS one) AS surplus`,
  )
  return rows[0] ?? { missing: -1, surplus: -1 }
}

describe('a claim', () => {
  test('takes one run per thread, the oldest first, and starts it', async () => {
    const [one, two] = [await newThread(), await newThread()]
    const first = await submit(one)
    await submit(one)
    const other = await submit(two)
    const instanceId = randomUUID()
    const { claims, busy } = await claimRuns(pool, { tenant, instanceId, most: 5 })
    expect(busy).toBe(false)
    expect(claims).toMatchObject([
      { lease: { runId: first, threadId: one, attempt: 0 }, started: { run_id: first, status: 'running', attempt: 0 } },
      { lease: { runId: other, threadId: two, attempt: 0 }, started: { run_id: other } },
    ])
    expect(claims[0]?.started?.started_at).toBeInstanceOf(Date)
    const { rows } = await pool.query('SELECT attempt, instance_id, tenant, reason FROM hadal.run_attempt')
    const open = { attempt: 0, instance_id: instanceId, tenant, reason: null }
    expect(rows).toEqual([open, open])
    expect(await claimRuns(pool, { tenant, instanceId, most: 5 })).toEqual({ claims: [], busy: false })
  })

  test.for(['completed', 'deleted'] as const)('takes the next run of a thread after its job was %s', async (how) => {
    const thread = await newThread()
    const runs = [await submit(thread), await submit(thread)]
    expect(await claim(5)).toEqual([runs[0]])
    await endRun(thread, runs[0] ?? '', how)
    expect(await claim(5)).toEqual([runs[1]])
  })

  test('takes a run that may start now before an older one that is scheduled for later', async () => {
    const thread = await newThread()
    const later = await submit(thread, 3_600)
    expect(await claim()).toEqual([])
    const now = await submit(thread)
    expect(await claim()).toEqual([now])
    await endRun(thread, now)
    expect(await claim()).toEqual([])
    await pool.query("UPDATE pgboss.job SET start_after = now() - interval '1 s' WHERE id = $1", [later])
    expect(await claim()).toEqual([later])
  })

  test('takes a returned run before newer ones, as a later attempt that it does not start', async () => {
    const [thread, other] = [await newThread(), await newThread()]
    const returned = await submit(thread)
    expect(await claim()).toEqual([returned])
    const [next, elsewhere] = [await submit(thread), await submit(other)]
    await boss.fail(runQueue, { id: returned, retryCount: 0 }, null)
    const { claims } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most: 5 })
    expect(claims).toEqual([
      { lease: { runId: returned, threadId: thread, attempt: 1 }, started: undefined },
      { lease: { runId: elsewhere, threadId: other, attempt: 0 }, started: expect.objectContaining({ attempt: 0 }) },
    ])
    await endRun(thread, returned)
    expect(await claim()).toEqual([next])
  })

  test('takes the runs whose leases expired after pg-boss has returned them', async () => {
    const thread = await newThread()
    const run = await submit(thread)
    await claim()
    await submit(thread)
    await pool.query("UPDATE pgboss.job SET heartbeat_on = now() - interval '1 h' WHERE id = $1", [run])
    await pool.query("UPDATE pgboss.queue SET monitor_claim_on = NULL, monitor_on = now() - interval '1 h'")
    await boss.supervise()
    const { claims } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most: 5 })
    expect(claims.map(({ lease }) => lease)).toEqual([{ runId: run, threadId: thread, attempt: 1 }])
  })

  test('takes no run of another tenant', async () => {
    await submit(await newThread())
    await pool.query("UPDATE hadal.ready_run SET tenant = 'other'")
    expect(await claim()).toEqual([])
    expect((await queueNumbers(pool, tenant)).pending).toBe(0)
  })

  test('passes over a thread that another transaction holds, and says so', async () => {
    const [held, free] = [await newThread(), await newThread()]
    const [waits, claimed] = [await submit(held), await submit(free)]
    await transaction(pool, async (client) => {
      await lockThread(client, held)
      const { claims, busy } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most: 1 })
      expect(claims.map(({ lease }) => lease.runId)).toEqual([claimed])
      expect(busy).toBe(true)
    })
    expect(await claim()).toEqual([waits])
  })

  test('takes the job of a run that is gone, so that it blocks no other run of its thread', async () => {
    const thread = await newThread()
    const run = await submit(thread)
    await pool.query('DELETE FROM hadal.thread')
    const { claims } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most: 5 })
    expect(claims).toEqual([{ lease: { runId: run, threadId: thread, attempt: 0 }, started: undefined }])
  })

  test('removes a surplus row, and a sweep adds a missing one', async () => {
    const [one, two] = [await newThread(), await newThread()]
    const run = await submit(one)
    await pool.query('INSERT INTO hadal.ready_run (thread_id, run_id, ready_at) VALUES ($1, $2, now())', [
      two,
      randomUUID(),
    ])
    await pool.query('DELETE FROM hadal.ready_run WHERE thread_id = $1', [one])
    expect(await differences()).toEqual({ missing: 1, surplus: 1 })
    expect(await claim()).toEqual([])
    const last = await repairReadyRuns(pool, undefined, 1)
    expect(last).toBe(one)
    expect(await repairReadyRuns(pool, last, 1)).toBeUndefined()
    expect(await differences()).toEqual({ missing: 0, surplus: 0 })
    expect(await claim()).toEqual([run])
  })
})

test('two transactions that change jobs of a thread at the same time leave no run without a row', async () => {
  const thread = await newThread()
  const first = await submit(thread)
  await claim()
  const [ends, accepts] = [await pool.connect(), await pool.connect()]
  try {
    await ends.query('BEGIN')
    await accepts.query('BEGIN')
    await boss.complete(runQueue, first, null, { db: queueDatabase(ends) })
    await ends.query('SET CONSTRAINTS ALL IMMEDIATE')
    const id = randomUUID()
    await insertRun(accepts, { ...graph(), runId: id, threadId: thread })
    await boss.send(runQueue, { threadId: thread }, { id, singletonKey: thread, db: queueDatabase(accepts) })
    const decided = accepts.query('SET CONSTRAINTS ALL IMMEDIATE')
    await Promise.race([decided, lockWait()])
    await ends.query('COMMIT')
    await decided
    await accepts.query('COMMIT')
    expect(await claim()).toEqual([id])
  } finally {
    ends.release(true)
    accepts.release(true)
  }
})

test('pg-boss finds no drift in its schema: the triggers on its table do not belong to it', async () => {
  expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true })
})

test('counts the runs that may start now, without those behind another run or scheduled for later', async () => {
  const [one, two] = [await newThread(), await newThread()]
  await submit(one)
  await submit(one)
  await submit(two, 3_600)
  await submit(await newThread())
  await claim()
  expect(await queueNumbers(pool, tenant)).toMatchObject({ pending: 1, running: 1, interruptedThreads: 0 })
})

test('workers of both releases drain few threads together: runs of a thread start in order, one at a time, and none is left', async () => {
  const threads = await Promise.all(Array.from({ length: 4 }, newThread))
  const accepted = new Map<string, string[]>()
  const began: string[] = []
  const active = new Map<string, string>()
  const errors: unknown[] = []
  let accepting = threads.length
  const accept = async (thread: string): Promise<void> => {
    const runs: string[] = []
    for (let index = 0; index < 40; index += 1) {
      runs.push(await submit(thread))
      // Another client cancels a run that may wait, while a worker claims it.
      if (index % 8 === 3) await boss.deleteJob(runQueue, await submit(thread))
    }
    accepted.set(thread, runs)
    accepting -= 1
  }
  const claimBefore = async (most: number): Promise<Lease[]> => {
    const jobs = await boss.fetch<{ threadId: string }>(runQueue, { batchSize: most })
    return jobs.map(({ id, data, retryCount }) => ({ runId: id, threadId: data.threadId, attempt: retryCount }))
  }
  const claimNow = async (most: number): Promise<Lease[]> => {
    const { claims } = await claimRuns(pool, { tenant, instanceId: randomUUID(), most })
    return claims.map(({ lease }) => lease)
  }
  const execute = async ({ runId, threadId, attempt }: Lease): Promise<void> => {
    expect(active.get(threadId)).toBeUndefined()
    active.set(threadId, runId)
    if (attempt === 0) began.push(runId)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    active.delete(threadId)
    // Some attempts are lost: pg-boss returns their jobs without the thread's lock.
    if (Math.random() < 0.25) await boss.fail(runQueue, { id: runId, retryCount: attempt }, null)
    else await endRun(threadId, runId, Math.random() < 0.5 ? 'completed' : 'deleted')
  }
  const work = async (claimUpTo: (most: number) => Promise<Lease[]>, most: number): Promise<void> => {
    for (let empty = 0; accepting > 0 || empty < 100; ) {
      try {
        const leases = await claimUpTo(most)
        empty = leases.length === 0 ? empty + 1 : 0
        for (const lease of leases) await execute(lease)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  const workers = [claimNow, claimNow, claimNow, claimBefore].flatMap((one) => [work(one, 1), work(one, 3)])
  await Promise.all([...threads.map(accept), ...workers])
  expect(errors).toEqual([])
  for (const runs of accepted.values()) expect(began.filter((run) => runs.includes(run))).toEqual(runs)
  expect(await differences()).toEqual({ missing: 0, surplus: 0 })
  const { rows } = await pool.query("SELECT id FROM pgboss.job WHERE name = 'run' AND state < 'completed'")
  expect(rows).toEqual([])
})
