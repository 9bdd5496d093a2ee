import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { submission, tenant, useQueue } from '../../fixtures/use-queue.ts'
import { type Lease, runQueue } from '../run-queue.ts'
import { wholeTenant } from '../scope.ts'
import { claimRuns, openLeases } from './claim-runs.ts'
import { insertSubmittedRun } from './submit-run.ts'
import { findThread } from './thread-rows.ts'

const queue = useQueue()

describe('a submission in one statement', () => {
  test('inserts the job that pg-boss inserts', async () => {
    const [one, two] = [await queue().newThread(), await queue().newThread()]
    const sent = await queue().submit(one, 60)
    const { runId } = submission(two)
    await insertSubmittedRun(queue().pool, submission(two, { runId, afterSeconds: 60 }))
    const { rows } = await queue().pool.query(
      `SELECT to_jsonb(job) - '{id,data,singleton_key,created_on,start_after,keep_until}'::text[] AS job,
         data = jsonb_build_object('threadId', singleton_key) AS named, start_after - created_on AS after, keep_until - start_after AS kept
       FROM pgboss.job AS job WHERE id = ANY($1)`,
      [[sent, runId]],
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
    expect(rows[0]).toMatchObject({ named: true, job: { state: 'created', policy: 'key_strict_fifo' } })
  })

  test('starts the run for a process with an idle worker, as a claim does', async () => {
    const [one, two] = [await queue().newThread(), await queue().newThread()]
    const idleInstance = randomUUID()
    const given = submission(one, { idleInstance })
    const submitted = await insertSubmittedRun(queue().pool, given)
    expect(submitted).toMatchObject({ kind: 'started', run: { run_id: given.runId, status: 'running', attempt: 0 } })
    expect(await queue().claim()).toEqual([])
    const claimed = await queue().submit(two)
    await claimRuns(queue().pool, { instanceId: idleInstance, most: 1 })
    const { rows } = await queue().pool.query(
      `SELECT to_jsonb(job) - '{id,data,singleton_key,created_on,start_after,keep_until,started_on,heartbeat_on}'::text[] AS job,
         to_jsonb(run) - '{run_id,thread_id,assistant_id,created_at,updated_at,started_at,start_number}'::text[] AS run,
         to_jsonb(begun) - '{run_id,started_at}'::text[] AS begun
       FROM pgboss.job AS job JOIN hadal.run AS run ON run_id = id JOIN hadal.run_attempt AS begun USING (run_id) WHERE id = ANY($1)`,
      [[given.runId, claimed]],
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toEqual(rows[1])
    expect(await openLeases(queue().pool, idleInstance)).toHaveLength(2)
  })

  test('starts no run before another that waits, on a busy thread, or before its time', async () => {
    const [one, two, three] = [await queue().newThread(), await queue().newThread(), await queue().newThread()]
    expect(await insertSubmittedRun(queue().pool, submission(one, { afterSeconds: 60 }))).toMatchObject({
      kind: 'accepted',
    })
    expect(await insertSubmittedRun(queue().pool, submission(two))).toMatchObject({ kind: 'started' })
    expect(await insertSubmittedRun(queue().pool, submission(two, { multitaskStrategy: 'enqueue' }))).toMatchObject({
      kind: 'accepted',
    })
    await queue().submit(await queue().newThread())
    expect(await insertSubmittedRun(queue().pool, submission(three))).toMatchObject({ kind: 'accepted' })
    expect(await queue().differences()).toEqual({ missing: 0, surplus: 0 })
  })

  test('refuses an unknown thread, and a busy thread with the strategy reject, and writes nothing', async () => {
    const thread = await queue().newThread()
    const runId = await queue().submit(thread)
    expect(await insertSubmittedRun(queue().pool, submission(randomUUID()))).toEqual({ kind: 'unknown_thread' })
    const refused = submission(thread, { multitaskStrategy: 'reject', metadata: '{"no": 1}' })
    expect(await insertSubmittedRun(queue().pool, refused)).toEqual({ kind: 'busy', runId })
    const { rows } = await queue().pool.query('SELECT run_id FROM hadal.run')
    expect(rows).toEqual([{ run_id: runId }])
    expect((await findThread(queue().pool, wholeTenant(tenant), thread))?.metadata).not.toHaveProperty('no')
  })

  test.for(['new', 'any'] as const)(
    'creates a thread (%s) with the metadata of the run and its graph',
    async (kind) => {
      const threadId = randomUUID()
      const given = submission(threadId, { thread: kind, metadata: '{"team": "a", "graph_id": "x"}' })
      await insertSubmittedRun(queue().pool, given)
      const metadata = { team: 'a', graph_id: 'steps', assistant_id: given.assistantId }
      expect(await findThread(queue().pool, wholeTenant(tenant), threadId)).toMatchObject({ status: 'busy', metadata })
    },
  )

  test('of many clients creates one thread, which then has all their runs', async () => {
    const threadId = randomUUID()
    const given = Array.from({ length: 12 }, () =>
      submission(threadId, { thread: 'any', multitaskStrategy: 'enqueue' }),
    )
    const kinds = (await Promise.all(given.map((run) => insertSubmittedRun(queue().pool, run)))).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'started')).toHaveLength(1)
    const { rows } = await queue().pool.query(
      "SELECT state, count(*)::int FROM pgboss.job WHERE name = 'run' GROUP BY state ORDER BY state",
    )
    expect(rows).toEqual([
      { state: 'created', count: 11 },
      { state: 'active', count: 1 },
    ])
  })
})

test('workers of both releases drain few threads together: runs of a thread start in order, one at a time, and none is left', async () => {
  const threads = await Promise.all(Array.from({ length: 4 }, () => queue().newThread()))
  const accepted = new Map<string, string[]>()
  const began: string[] = []
  const active = new Map<string, string>()
  const errors: unknown[] = []
  const starting: Promise<unknown>[] = []
  let accepting = threads.length
  const accept = async (thread: string): Promise<void> => {
    const runs: string[] = []
    for (let index = 0; index < 40; index += 1) {
      const runId = index % 3 === 0 ? await queue().submit(thread) : randomUUID()
      runs.push(runId)
      if (index % 3 !== 0) {
        // A process with an idle worker accepts the run.
        const { kind } = await insertSubmittedRun(queue().pool, submission(thread, { runId }))
        if (kind === 'started')
          starting.push(execute({ tenant, runId, threadId: thread, attempt: 0 }).catch((error) => errors.push(error)))
        else expect(kind).toBe('accepted')
      }
      // Another client cancels a run that may wait, while a worker claims it.
      if (index % 8 === 3) await queue().boss.deleteJob(runQueue, await queue().submit(thread))
    }
    accepted.set(thread, runs)
    accepting -= 1
  }
  const claimBefore = async (most: number): Promise<Lease[]> => {
    const jobs = await queue().boss.fetch<{ threadId: string }>(runQueue, { batchSize: most })
    return jobs.map(({ id, data, retryCount }) => ({
      tenant,
      runId: id,
      threadId: data.threadId,
      attempt: retryCount,
    }))
  }
  const claimNow = async (most: number): Promise<Lease[]> => {
    const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most })
    return claims.map(({ lease }) => lease)
  }
  const execute = async ({ runId, threadId, attempt }: Lease): Promise<void> => {
    expect(active.get(threadId)).toBeUndefined()
    active.set(threadId, runId)
    if (attempt === 0) began.push(runId)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    active.delete(threadId)
    // Some attempts are lost: pg-boss returns their jobs without the thread's lock.
    if (Math.random() < 0.25) await queue().boss.fail(runQueue, { id: runId, retryCount: attempt }, null)
    else await queue().endRun(threadId, runId, Math.random() < 0.5 ? 'completed' : 'deleted')
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
  await Promise.all(starting)
  expect(errors).toEqual([])
  for (const runs of accepted.values()) expect(began.filter((run) => runs.includes(run))).toEqual(runs)
  expect(await queue().differences()).toEqual({ missing: 0, surplus: 0 })
  const { rows } = await queue().pool.query("SELECT id FROM pgboss.job WHERE name = 'run' AND state < 'completed'")
  expect(rows).toEqual([])
})
