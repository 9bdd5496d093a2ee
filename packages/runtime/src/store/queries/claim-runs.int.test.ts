import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { eventually } from '../../fixtures/eventually.ts'
import { submission, tenant, useQueue } from '../../fixtures/use-queue.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { queueDatabase } from '../queue-database.ts'
import { runQueue } from '../run-queue.ts'
import { wholeTenant } from '../scope.ts'
import { transaction } from '../transaction.ts'
import { claimRuns, repairReadyRuns } from './claim-runs.ts'
import { insertRun } from './insert-run.ts'
import { queueNumbers } from './queue-numbers.ts'
import { openAttempt } from './run-attempts.ts'
import { insertSubmittedRun } from './submit-run.ts'
import { lockThread } from './thread-rows.ts'

const queue = useQueue()

const lockWait = () =>
  eventually(
    () =>
      queue().pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      ),
    ({ rowCount }) => rowCount !== 0,
  )

describe('a claim', () => {
  test('takes one run per thread, the oldest first, and starts it', async () => {
    const [one, two] = [await queue().newThread(), await queue().newThread()]
    const first = await queue().submit(one)
    await queue().submit(one)
    const other = await queue().submit(two)
    const instanceId = randomUUID()
    const { claims, busy } = await claimRuns(queue().pool, { instanceId, most: 5 })
    expect(busy).toBe(false)
    expect(claims).toMatchObject([
      {
        lease: { tenant, runId: first, threadId: one, attempt: 0 },
        started: { run_id: first, status: 'running', attempt: 0 },
      },
      { lease: { tenant, runId: other, threadId: two, attempt: 0 }, started: { run_id: other } },
    ])
    expect(claims[0]?.started?.started_at).toBeInstanceOf(Date)
    const { rows } = await queue().pool.query('SELECT attempt, instance_id, tenant, reason FROM hadal.run_attempt')
    const open = { attempt: 0, instance_id: instanceId, tenant, reason: null }
    expect(rows).toEqual([open, open])
    expect(await claimRuns(queue().pool, { instanceId, most: 5 })).toEqual({ claims: [], busy: false, limited: false })
  })

  test.for(['completed', 'deleted'] as const)('takes the next run of a thread after its job was %s', async (how) => {
    const thread = await queue().newThread()
    const runs = [await queue().submit(thread), await queue().submit(thread)]
    expect(await queue().claim(5)).toEqual([runs[0]])
    await queue().endRun(thread, runs[0] ?? '', how)
    expect(await queue().claim(5)).toEqual([runs[1]])
  })

  test('takes a run that may start now before an older one that is scheduled for later', async () => {
    const thread = await queue().newThread()
    const later = await queue().submit(thread, 3_600)
    expect(await queue().claim()).toEqual([])
    const now = await queue().submit(thread)
    expect(await queue().claim()).toEqual([now])
    await queue().endRun(thread, now)
    expect(await queue().claim()).toEqual([])
    await queue().pool.query("UPDATE pgboss.job SET start_after = now() - interval '1 s' WHERE id = $1", [later])
    expect(await queue().claim()).toEqual([later])
  })

  test('takes a returned run before newer ones, as a later attempt that it does not start', async () => {
    const [thread, other] = [await queue().newThread(), await queue().newThread()]
    const returned = await queue().submit(thread)
    expect(await queue().claim()).toEqual([returned])
    const [next, elsewhere] = [await queue().submit(thread), await queue().submit(other)]
    await queue().boss.fail(runQueue, { id: returned, retryCount: 0 }, null)
    const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 5 })
    expect(claims).toEqual([
      { lease: { tenant, runId: returned, threadId: thread, attempt: 1 }, started: undefined },
      {
        lease: { tenant, runId: elsewhere, threadId: other, attempt: 0 },
        started: expect.objectContaining({ attempt: 0 }),
      },
    ])
    await queue().endRun(thread, returned)
    expect(await queue().claim()).toEqual([next])
  })

  test('takes the runs whose leases expired after pg-boss has returned them', async () => {
    const thread = await queue().newThread()
    const run = await queue().submit(thread)
    await queue().claim()
    await queue().submit(thread)
    await queue().pool.query("UPDATE pgboss.job SET heartbeat_on = now() - interval '1 h' WHERE id = $1", [run])
    await queue().pool.query("UPDATE pgboss.queue SET monitor_claim_on = NULL, monitor_on = now() - interval '1 h'")
    await queue().boss.supervise()
    const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 5 })
    expect(claims.map(({ lease }) => lease)).toEqual([{ runId: run, threadId: thread, attempt: 1, tenant }])
  })

  test('takes the runs of all tenants, each with its tenant and owner', async () => {
    const instanceId = randomUUID()
    const scopes = ['one', 'other', 'one'].map(
      (tenant) => ({ tenant, owner: `user of ${tenant}`, sees: 'own' }) as const,
    )
    const runs: string[] = []
    for (const scope of scopes) {
      const run = submission(randomUUID(), { scope, thread: 'new', idleInstance: undefined })
      await insertSubmittedRun(queue().pool, run)
      runs.push(run.runId)
    }
    expect((await queueNumbers(queue().pool)).pending).toBe(3)
    const { claims } = await claimRuns(queue().pool, { instanceId, most: 5 })
    expect(claims.map(({ lease }) => [lease.runId, lease.tenant]).sort()).toEqual(
      runs.map((runId, index) => [runId, scopes[index]?.tenant]).sort(),
    )
    const { rows } = await queue().pool.query('SELECT tenant, owner FROM hadal.run_attempt WHERE instance_id = $1', [
      instanceId,
    ])
    const owners = scopes.map(({ tenant, owner }) => ({ tenant, owner }))
    expect(rows).toHaveLength(owners.length)
    expect(rows).toEqual(expect.arrayContaining(owners))
  })

  test('a server of the release before takes only runs of the default tenant, even those that its own functions queue', async () => {
    const scope = { tenant: 'other', owner: null, sees: 'all' } as const
    const run = submission(randomUUID(), { scope, thread: 'new', idleInstance: undefined })
    await insertSubmittedRun(queue().pool, run)
    await queue().pool.query('DELETE FROM hadal.ready_run')
    await queue().pool.query('SELECT hadal.repair_ready_runs_v2(NULL, 100)')
    const { rows } = await queue().pool.query('SELECT tenant, run_id FROM hadal.ready_run')
    expect(rows).toEqual([{ tenant: 'other', run_id: run.runId }])
    const before = await queue().pool.query('SELECT * FROM hadal.claim_runs_v2($1, $2, 5)', [tenant, randomUUID()])
    expect(before.rows).toEqual([])
  })

  test('passes over a thread that another transaction holds, and says so', async () => {
    const [held, free] = [await queue().newThread(), await queue().newThread()]
    const [waits, claimed] = [await queue().submit(held), await queue().submit(free)]
    await transaction(queue().pool, async (client) => {
      await lockThread(client, wholeTenant('default'), held)
      const { claims, busy } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 1 })
      expect(claims.map(({ lease }) => lease.runId)).toEqual([claimed])
      expect(busy).toBe(true)
    })
    expect(await queue().claim()).toEqual([waits])
  })

  test('takes the job of a run that is gone, so that it blocks no other run of its thread', async () => {
    const thread = await queue().newThread()
    const run = await queue().submit(thread)
    await queue().pool.query('DELETE FROM hadal.thread')
    const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 5 })
    expect(claims).toEqual([{ lease: { runId: run, threadId: thread, attempt: 0, tenant }, started: undefined }])
  })

  test('leaves a run that already has an attempt to its caller, and starts the others', async () => {
    const [recorded, other] = [await queue().newThread(), await queue().newThread()]
    const [run, started] = [await queue().submit(recorded), await queue().submit(other)]
    await openAttempt(queue().pool, { runId: run, attempt: 0, tenant, instanceId: randomUUID(), checkpoint: null })
    const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 5 })
    expect(claims).toEqual([
      { lease: { runId: run, threadId: recorded, attempt: 0, tenant }, started: undefined },
      {
        lease: { runId: started, threadId: other, attempt: 0, tenant },
        started: expect.objectContaining({ attempt: 0 }),
      },
    ])
  })

  test('removes a surplus row, and a sweep adds a missing one', async () => {
    const [one, two] = [await queue().newThread(), await queue().newThread()]
    const run = await queue().submit(one)
    await queue().pool.query('INSERT INTO hadal.ready_run (thread_id, run_id, ready_at) VALUES ($1, $2, now())', [
      two,
      randomUUID(),
    ])
    await queue().pool.query('DELETE FROM hadal.ready_run WHERE thread_id = $1', [one])
    expect(await queue().differences()).toEqual({ missing: 1, surplus: 1 })
    expect(await queue().claim()).toEqual([])
    const last = await repairReadyRuns(queue().pool, undefined, 1)
    expect(last).toBe(one)
    expect(await repairReadyRuns(queue().pool, last, 1)).toBeUndefined()
    expect(await queue().differences()).toEqual({ missing: 0, surplus: 0 })
    expect(await queue().claim()).toEqual([run])
  })
})

test('two transactions that change jobs of a thread at the same time leave no run without a row', async () => {
  const thread = await queue().newThread()
  const first = await queue().submit(thread)
  await queue().claim()
  const [ends, accepts] = [await queue().pool.connect(), await queue().pool.connect()]
  try {
    await ends.query('BEGIN')
    await accepts.query('BEGIN')
    await queue().boss.complete(runQueue, first, null, { db: queueDatabase(ends) })
    await ends.query('SET CONSTRAINTS ALL IMMEDIATE')
    const id = randomUUID()
    const { threadId, ...run } = submission(thread, { runId: id })
    await insertRun(accepts, { ...run, tenant: 'default', owner: null, threadId })
    await queue().boss.send(runQueue, { threadId: thread }, { id, singletonKey: thread, db: queueDatabase(accepts) })
    const decided = accepts.query('SET CONSTRAINTS ALL IMMEDIATE')
    await Promise.race([decided, lockWait()])
    await ends.query('COMMIT')
    await decided
    await accepts.query('COMMIT')
    expect(await queue().claim()).toEqual([id])
  } finally {
    ends.release(true)
    accepts.release(true)
  }
})

test('a claim reads no more pages behind a long queue, even while the statistics of PostgreSQL are from before it', async () => {
  const { pool } = queue()
  await pool.query('ALTER TABLE pgboss.job_common SET (autovacuum_enabled = off)')
  const [first, second, long] = [await queue().newThread(), await queue().newThread(), await queue().newThread()]
  await queue().submit(first)
  await pool.query('ANALYZE pgboss.job_common, hadal.ready_run')
  await withClient(pool.options.connectionString ?? '', async (client) => {
    const pages = async (): Promise<number> => {
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT hadal.claim_runs_v3('${randomUUID()}', 1, NULL, NULL)`,
      )
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
      return (plan?.['Shared Hit Blocks'] ?? Number.NaN) + (plan?.['Shared Read Blocks'] ?? Number.NaN)
    }
    // The first claim on a connection plans its statements, and reads the catalog for it.
    await pages()
    const run = await queue().submit(second)
    const alone = await pages()
    // Without triggers, which would decide 30,000 times.
    await client.query('SET session_replication_role = replica')
    await client.query(
      `INSERT INTO pgboss.job (name, singleton_key, policy, created_on, start_after)
       SELECT 'run', $1, policy, created_on, start_after FROM pgboss.job, generate_series(1, 30000) WHERE id = $2`,
      [long, run],
    )
    await client.query('SET session_replication_role = DEFAULT')
    await client.query('SELECT hadal.ready_thread_v3($1)', [long])
    // The jobs fill about 700 pages.
    expect(await pages()).toBeLessThan(alone + 300)
  })
})

test('pg-boss finds no drift in its schema: the triggers on its table do not belong to it', async () => {
  expect(await queue().boss.detectSchemaDrift()).toMatchObject({ ok: true })
})

test('counts the runs that may start now, without those behind another run or scheduled for later', async () => {
  const [one, two] = [await queue().newThread(), await queue().newThread()]
  await queue().submit(one)
  await queue().submit(one)
  await queue().submit(two, 3_600)
  await queue().submit(await queue().newThread())
  await queue().claim()
  expect(await queueNumbers(queue().pool)).toMatchObject({ pending: 1, running: 1, interruptedThreads: 0 })
})
