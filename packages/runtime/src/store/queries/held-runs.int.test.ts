import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { submission, tenant, useQueue } from '../../fixtures/use-queue.ts'
import { wholeTenant } from '../scope.ts'
import { transaction } from '../transaction.ts'
import { claimRuns } from './claim-runs.ts'
import { expiredTemporaryThreads } from './delete-threads.ts'
import { holdRuns, questionWaits, restAtQuestion } from './held-runs.ts'
import { queueNumbers } from './queue-numbers.ts'
import { insertSubmittedRun } from './submit-run.ts'
import { findThread, lockThread } from './thread-rows.ts'

const queue = useQueue()

/** Ends the claimed run of a thread with a question. @returns digest of the question */
async function ask(threadId: string, runId: string, of = tenant): Promise<string> {
  const digest = randomUUID().replaceAll('-', '').repeat(2)
  await queue().pool.query(
    `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, run_id)
     VALUES ('asked', $1, $2, $3, 'place', 'pay', now() + interval '1 h', $4)`,
    [digest, of, threadId, runId],
  )
  await transaction(queue().pool, async (client) => {
    await lockThread(client, wholeTenant('default'), threadId)
    await client.query("UPDATE hadal.run SET status = 'interrupted' WHERE run_id = $1", [runId])
    await client.query('UPDATE hadal.thread SET interrupts = $2 WHERE thread_id = $1', [
      threadId,
      JSON.stringify({ task: [{ id: 'x', value: { approval: { digest } } }] }),
    ])
    await client.query("UPDATE pgboss.job SET state = 'completed' WHERE id = $1", [runId])
    await holdRuns(client, { tenant: of, threadId })
    await restAtQuestion(client, { tenant: of, threadId })
  })
  return digest
}

/** A thread whose first run has asked, and whose other runs were accepted before that. */
async function holding(count: number): Promise<{ threadId: string; held: string[]; digest: string }> {
  const threadId = await queue().newThread()
  const first = await queue().submit(threadId)
  expect(await queue().claim()).toEqual([first])
  const held: string[] = []
  for (let index = 0; index < count; index += 1) held.push(await queue().submit(threadId))
  return { threadId, held, digest: await ask(threadId, first) }
}

test('a thread with held runs has no run to start, and its status is interrupted', async () => {
  const { threadId } = await holding(2)
  expect(await queue().claim(5)).toEqual([])
  expect((await findThread(queue().pool, wholeTenant(tenant), threadId))?.status).toBe('interrupted')
  expect(await queueNumbers(queue().pool)).toMatchObject({
    pending: 0,
    oldestSeconds: 0,
    interruptedThreads: 1,
  })
  expect(await queue().differences()).toEqual({ missing: 0, surplus: 0 })
})

test.for(['executed', 'refused', 'withdrawn', 'expired'])(
  'held runs start in their order once the question is %s and the interrupts of the thread change',
  async (event) => {
    const { threadId, held, digest } = await holding(2)
    const isExpired = event === 'expired'
    await queue().pool.query(
      `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, decision, actor, reason)
       SELECT $2, digest, tenant, thread_id, place, tool, expires_at, $3, $4, $5 FROM hadal.approval_event WHERE digest = $1`,
      [
        digest,
        isExpired ? 'decided' : event,
        isExpired ? 'expired' : null,
        isExpired || event === 'withdrawn' ? 'hadal:test' : null,
        event === 'refused' || event === 'withdrawn' ? 'test' : null,
      ],
    )
    expect(await questionWaits(queue().pool, { tenant, threadId })).toBe(false)
    await queue().pool.query("UPDATE hadal.thread SET interrupts = '{}' WHERE thread_id = $1", [threadId])
    expect(await queue().claim(5)).toEqual([held[0]])
    await queue().endRun(threadId, held[0] ?? '')
    expect(await queue().claim(5)).toEqual([held[1]])
  },
)

test('a question of another tenant holds no run', async () => {
  const threadId = await queue().newThread()
  const first = await queue().submit(threadId)
  await queue().claim()
  const waiting = await queue().submit(threadId)
  await ask(threadId, first, 'other')
  expect(await queue().claim()).toEqual([waiting])
})

test('a question holds the waiting runs of a tenant other than the default one', async () => {
  const threadId = await queue().newThread()
  const first = await queue().submit(threadId)
  await queue().claim()
  const waiting = await queue().submit(threadId)
  for (const table of ['thread', 'run', 'ready_run'])
    await queue().pool.query(`UPDATE hadal.${table} SET tenant = 'other' WHERE thread_id = $1`, [threadId])
  await ask(threadId, first, 'other')
  expect(await queue().claim()).toEqual([])
  await queue().pool.query("UPDATE hadal.thread SET interrupts = '{}' WHERE thread_id = $1", [threadId])
  expect(await queue().claim()).toEqual([waiting])
})

test('a run that waited for an answer does not make the queue old when it may start', async () => {
  const { threadId, held } = await holding(1)
  await queue().pool.query(
    "UPDATE pgboss.job SET created_on = now() - interval '2 h', start_after = now() - interval '2 h' WHERE id = $1",
    [held[0]],
  )
  await queue().pool.query("UPDATE hadal.thread SET interrupts = '{}' WHERE thread_id = $1", [threadId])
  const { pending, oldestSeconds } = await queueNumbers(queue().pool)
  expect(pending).toBe(1)
  expect(oldestSeconds).toBeLessThan(3_600)
})

test('a thread of a stateless run is not deleted while it has held runs', async () => {
  const { threadId, held } = await holding(1)
  await queue().pool.query(
    "UPDATE hadal.thread SET temporary = true, updated_at = now() - interval '1 day' WHERE thread_id = $1",
    [threadId],
  )
  expect(await expiredTemporaryThreads(queue().pool, 5)).toEqual([])
  await queue().pool.query("UPDATE hadal.run SET status = 'interrupted' WHERE run_id = $1", [held[0]])
  expect(await expiredTemporaryThreads(queue().pool, 5)).toEqual([threadId])
})

test('a run on a thread that shows a question is not accepted in one statement, and nothing is written', async () => {
  const { threadId } = await holding(0)
  expect(await insertSubmittedRun(queue().pool, submission(threadId))).toEqual({ kind: 'question' })
  expect((await findThread(queue().pool, wholeTenant(tenant), threadId))?.status).toBe('interrupted')
})

test('a server of the release before starts the runs that it accepts while a question waits, after the held ones', async () => {
  const { threadId, held } = await holding(2)
  const later = await queue().submit(threadId)
  for (const run of [...held, later]) {
    expect(await queue().claim(5)).toEqual([run])
    await queue().endRun(threadId, run)
  }
})

test('servers of the release before find held runs by their sweep, so that none is left after a rollback', async () => {
  const { threadId, held } = await holding(1)
  await queue().pool.query('SELECT hadal.repair_ready_runs_v1(NULL, 100)')
  const { rows } = await queue().pool.query('SELECT claimed_thread, claimed_run FROM hadal.claim_runs_v1($1, $2, 5)', [
    tenant,
    randomUUID(),
  ])
  expect(rows).toEqual([{ claimed_thread: threadId, claimed_run: held[0] }])
})

test('a surplus row of a thread with held runs starts none', async () => {
  const { threadId, held } = await holding(1)
  await queue().pool.query('INSERT INTO hadal.ready_run (thread_id, run_id, ready_at) VALUES ($1, $2, now())', [
    threadId,
    held[0],
  ])
  const { claims } = await claimRuns(queue().pool, { instanceId: randomUUID(), most: 5 })
  expect(claims).toEqual([])
  expect(await queue().differences()).toEqual({ missing: 0, surplus: 0 })
})
