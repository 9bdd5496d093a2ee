import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { submission } from '../fixtures/use-queue.ts'
import { insertSubmittedRun } from '../store/queries/submit-run.ts'

const database = createDatabase()
const started: TestServer[] = []
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.drain()))
})

async function start(variables: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const server = await startTestServer(database(), variables)
  started.push(server)
  return server
}

/** Lets every claim of the work fail. */
async function withoutClaims(work: () => Promise<void>): Promise<void> {
  await pool.query('ALTER FUNCTION hadal.claim_runs_v3 RENAME TO claim_runs_away')
  try {
    await work()
  } finally {
    await pool.query('ALTER FUNCTION hadal.claim_runs_away RENAME TO claim_runs_v3')
  }
}

/** Makes the worker claim, and waits until the claim has failed. */
async function claimFailed({ logged }: TestServer): Promise<void> {
  await pool.query("SELECT pg_notify('hadal', 'queued')")
  await eventually(
    () => logged.some(({ event }) => event === 'claim_failed'),
    (failed) => failed,
  )
}

const attemptsOf = async (runId: string): Promise<unknown[]> =>
  (await pool.query('SELECT attempt, reason FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt', [runId])).rows

test('a process with an idle worker starts a run that it accepts without a claim', async () => {
  const server = await start()
  await server.client.runs.wait(null, 'steps', { input: { steps: 1 } })
  await withoutClaims(async () => {
    await claimFailed(server)
    expect(await server.client.runs.wait(null, 'steps', { input: { steps: 2 } })).toMatchObject({ done: [1, 2] })
    const { thread_id } = await server.client.threads.create()
    const run = await server.client.runs.create(thread_id, 'steps', { input: { steps: 2 } })
    expect(run.status).toBe('pending')
    await server.client.runs.join(thread_id, run.run_id)
    expect(await attemptsOf(run.run_id)).toEqual([{ attempt: 0, reason: 'ended' }])
  })
})

test('a worker executes no more runs at a time than its concurrency, which counts the runs that its process starts', async () => {
  const server = await start({ WORKER_CONCURRENCY: '2' })
  await server.client.runs.wait(null, 'steps', { input: { steps: 1 } })
  let most = 0
  const input = { steps: 2, pauseMs: 50 }
  const ended = Promise.all(Array.from({ length: 12 }, () => server.client.runs.wait(null, 'steps', { input })))
  const looks = setInterval(async () => {
    const { rows } = await pool.query("SELECT count(*)::int FROM pgboss.job WHERE name = 'run' AND state = 'active'")
    most = Math.max(most, rows[0]?.count)
  }, 10)
  await ended.finally(() => clearInterval(looks))
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(2)
})

test('a run that the database started, but whose answer was lost, returns to the queue before its lease expires', async () => {
  const server = await start()
  const { thread_id } = await server.client.threads.create()
  const { rows } = await pool.query('SELECT instance_id FROM hadal.instance WHERE ended_at IS NULL')
  const request = JSON.stringify({ input: { steps: 2 }, config: { configurable: {} }, streamModes: ['values'] })
  const given = submission(thread_id, { idleInstance: rows[0]?.instance_id, request })
  expect(await insertSubmittedRun(pool, given)).toMatchObject({ kind: 'started' })
  await withoutClaims(() => claimFailed(server))
  await eventually(
    () => attemptsOf(given.runId),
    (attempts) => attempts.length === 2,
  )
  await server.client.runs.join(thread_id, given.runId)
  expect(await attemptsOf(given.runId)).toEqual([
    { attempt: 0, reason: 'database' },
    { attempt: 1, reason: 'ended' },
  ])
})

test('a process that drains starts no run that it accepts: another one executes it', async () => {
  const draining = await start({ DRAIN_SERVE_SECONDS: '2' })
  await draining.client.runs.wait(null, 'steps', { input: { steps: 1 } })
  const { thread_id } = await draining.client.threads.create()
  const drained = draining.drain()
  const { run_id } = await draining.client.runs.create(thread_id, 'steps', { input: { steps: 2 } })
  await drained
  started.splice(0)
  expect(await attemptsOf(run_id)).toEqual([])
  const other = await start()
  await other.client.runs.join(thread_id, run_id)
  expect(await attemptsOf(run_id)).toEqual([{ attempt: 0, reason: 'ended' }])
})
