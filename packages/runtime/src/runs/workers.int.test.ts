import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { decodedLog } from '../fixtures/decoded-log.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import type { RunEvent } from '../store/queries/run-events.ts'

const database = createDatabase()
const effects = effectsFiles()
const started: TestServer[] = []
const processes: ServerProcess[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const server = await startTestServer(database(), variables)
  started.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.drain()))
  for (const server of processes.splice(0)) {
    server.process.kill('SIGCONT')
    await server.end('SIGKILL')
  }
})

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  return client
    .query<Row>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1))

test('a run that unexpectedly has an attempt before its first start is executed, and so is the run behind it', async () => {
  const { client } = await start({ ROLE: 'api' })
  const { thread_id } = await client.threads.create()
  const given = { input: { steps: 1 }, multitaskStrategy: 'enqueue' } as const
  const recorded = await client.runs.create(thread_id, 'steps', given)
  await query(
    "INSERT INTO hadal.run_attempt (run_id, attempt, tenant, instance_id) VALUES ($1, 0, 'default', gen_random_uuid())",
    [recorded.run_id],
  )
  const behind = await client.runs.create(thread_id, 'steps', given)
  await start({ ROLE: 'worker' })
  for (const { run_id } of [recorded, behind]) {
    await client.runs.join(thread_id, run_id)
    expect(await client.runs.get(thread_id, run_id)).toMatchObject({ status: 'success' })
  }
})

describe('two workers', () => {
  test('share the queued runs: each run is executed once, and each thread has one active run at a time', async () => {
    const api = await start({ ROLE: 'api' })
    const workers = [await start({ ROLE: 'worker' }), await start({ ROLE: 'worker' })]
    const runs = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const { path, lines } = effects()
        const { thread_id } = await api.client.threads.create()
        const input = { file: path, steps: 3, pauseMs: 20 }
        const { run_id } = await api.client.runs.create(thread_id, 'steps', { input })
        return { thread_id, run_id, lines }
      }),
    )
    for (const { thread_id, run_id, lines } of runs) {
      await api.client.runs.join(thread_id, run_id)
      expect(lines()).toEqual(numbers(3))
      expect(await api.client.runs.get(thread_id, run_id)).toMatchObject({ status: 'success' })
    }
    for (const worker of workers) expect(worker.logged.some(({ event }) => event === 'run_end')).toBe(true)
    expect(api.logged.some(({ event }) => event === 'run_start')).toBe(false)
  })

  test('a worker serves the health routes, and no routes for runs', async () => {
    const worker = await start({ ROLE: 'worker' })
    expect((await fetch(`${worker.url}/ready`)).status).toBe(200)
    expect((await fetch(`${worker.url}/threads`, { method: 'POST' })).status).toBe(404)
  })

  test('any process can serve the stream of a run that another process executes', async () => {
    const api = await start({ ROLE: 'api' })
    await start({ ROLE: 'worker' })
    const { thread_id } = await api.client.threads.create()
    const events: string[] = []
    for await (const { event } of api.client.runs.stream(thread_id, 'steps', {
      input: { steps: 3 },
      streamMode: 'updates',
    })) {
      events.push(event)
    }
    expect(events).toEqual(['metadata', 'updates', 'updates', 'updates'])
  })
})

describe('a worker that is paused for longer than its lease', () => {
  test('writes nothing after it resumes: another worker has finished the run, whose history has no duplicates', async () => {
    const { path, lines, gate, open } = effects()
    const stopped = await startServerProcess({ DATABASE_URL: database() })
    processes.push(stopped)
    const { thread_id } = await stopped.client.threads.create()
    const input = { file: path, steps: 6, gate }
    const { run_id } = await stopped.client.runs.create(thread_id, 'steps', { input, streamMode: 'updates' })
    await eventually(lines, (seen) => seen.length === 3)
    stopped.process.kill('SIGSTOP')
    open()
    const other = await start()
    await eventually(
      () => other.client.runs.get(thread_id, run_id),
      ({ status }) => status === 'success',
    )
    const history = await other.client.threads.getHistory(thread_id, { limit: 100 })
    const before = lines().length
    stopped.process.kill('SIGCONT')
    await eventually(() => stopped.log.some((line) => line.includes('lease_lost')), Boolean)
    expect(await other.client.threads.getHistory(thread_id, { limit: 100 })).toEqual(history)
    expect(await other.client.threads.getState(thread_id)).toMatchObject({ values: { done: [1, 2, 3, 4, 5, 6] } })
    const rows = await query<RunEvent>('SELECT sequence, event, data FROM hadal.run_event WHERE run_id = $1', [run_id])
    const events = decodedLog(rows)
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
    expect(await other.client.runs.get(thread_id, run_id)).toMatchObject({ status: 'success' })
    const reasons = await eventually(
      () =>
        query<{ reason: string }>('SELECT reason FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt', [run_id]),
      ([first]) => first?.reason === 'loop_blocked',
    )
    expect(reasons).toEqual([{ reason: 'loop_blocked' }, { reason: 'ended' }])
    // It may have started one more step before it checked its lease, but never a second one.
    expect(lines().length - before).toBeLessThanOrEqual(1)
  })
})

test('a worker whose write gets no answer abandons the run as soon as it learns that the lease is lost', async () => {
  const { path, lines, gate, open } = effects()
  const server = await start({ DATABASE_STATEMENT_TIMEOUT_SECONDS: '600' })
  const { thread_id } = await server.client.threads.create()
  const input = { file: path, steps: 6, gate }
  const { run_id } = await server.client.runs.create(thread_id, 'steps', { input, streamMode: 'updates' })
  await eventually(lines, (seen) => seen.length === 3)
  const locking = new pg.Client({ connectionString: database() })
  await locking.connect()
  try {
    await locking.query('BEGIN')
    await locking.query('LOCK TABLE hadal.run_event IN SHARE MODE')
    open()
    const waiting =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'append_events_v2|save_v2'"
    await eventually(
      () => query(waiting, []),
      (rows) => rows.length > 0,
    )
    await query("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE id = $1", [run_id])
    await eventually(() => server.logged.some(({ event }) => event === 'lease_lost'), Boolean)
  } finally {
    await locking.query('ROLLBACK')
    await locking.end()
  }
  await eventually(
    () => server.client.runs.get(thread_id, run_id),
    ({ status }) => status === 'success',
  )
  expect(await server.client.threads.getState(thread_id)).toMatchObject({ values: { done: [1, 2, 3, 4, 5, 6] } })
})

/** SQL that inserts an instance without an advisory lock, which counts as a dead process. */
const deadInstance = 'INSERT INTO hadal.instance (instance_id, lock_key) VALUES ($1, $2)'

test('a run whose worker died between claim and start is claimed by another worker before its lease expires', async () => {
  const api = await start({ ROLE: 'api' })
  const { thread_id } = await api.client.threads.create()
  const { run_id } = await api.client.runs.create(thread_id, 'steps', { input: { steps: 2 } })
  await query(
    `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '3 s', heartbeat_on = now() + interval '1 h' WHERE id = $1`,
    [run_id],
  )
  await query(deadInstance, [randomUUID(), 1])
  await start({ ROLE: 'worker' })
  await eventually(
    () => api.client.runs.get(thread_id, run_id),
    ({ status }) => status === 'success',
  )
  expect(await query('SELECT attempt, reason FROM hadal.run_attempt WHERE run_id = $1', [run_id])).toEqual([
    { attempt: 1, reason: 'ended' },
  ])
})

test('a server drains even if a statement about a dead instance gets no answer', async () => {
  const [instanceId, locking] = [randomUUID(), new pg.Client({ connectionString: database() })]
  await query(deadInstance, [instanceId, 2])
  await locking.connect()
  try {
    await locking.query('BEGIN')
    await locking.query('SELECT 1 FROM hadal.instance WHERE instance_id = $1 FOR UPDATE', [instanceId])
    const server = await startTestServer(database(), { DATABASE_STATEMENT_TIMEOUT_SECONDS: '600' })
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%hadal.instance%'"
    await eventually(
      () => query(waiting, []),
      (rows) => rows.length > 0,
    )
    await server.drain()
  } finally {
    await locking.query('ROLLBACK')
    await locking.end()
  }
})

test('a run that exceeds its time limit ends with that reason, and its thread is free', async () => {
  // Enough for the short run at the end on a busy machine.
  const server = await start({ RUN_LIMIT_SECONDS: '4' })
  const { thread_id } = await server.client.threads.create()
  const input = { steps: 100, pauseMs: 300 }
  await expect(server.client.runs.wait(thread_id, 'steps', { input })).rejects.toThrow('time limit of 4 s')
  expect(await server.client.runs.list(thread_id)).toMatchObject([{ status: 'timeout' }])
  expect(await server.client.threads.get(thread_id)).toMatchObject({ status: 'error' })
  await server.client.runs.wait(thread_id, 'echo', { input: { messages: [] } })
})

test('the connections of a server never exceed its pool and its listening connection, with any number of runs', async () => {
  const limits = { DATABASE_POOL_SIZE: '2', DATABASE_POOL_OVERFLOW: '2', WORKER_CONCURRENCY: '20' }
  const [{ since } = { since: '' }] = await query<{ since: string }>('SELECT clock_timestamp()::text AS since', [])
  const server = await start(limits)
  let most = 0
  let watching = true
  const watch = (async () => {
    while (watching) {
      // Sessions of servers of earlier tests may still be ending.
      const [row] = await query<{ count: number }>(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'hadal%' AND backend_start > $1",
        [since],
      )
      most = Math.max(most, row?.count ?? 0)
      await pause(20)
    }
  })()
  try {
    await Promise.all(
      Array.from({ length: 25 }, async () => {
        const { thread_id } = await server.client.threads.create()
        await server.client.runs.wait(thread_id, 'steps', { input: { steps: 3, pauseMs: 10 } })
      }),
    )
  } finally {
    watching = false
    await watch
  }
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(5)
})

test('killed connections during active runs lose no run', async () => {
  const server = await start()
  const runs = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { path, lines } = effects()
      const { thread_id } = await server.client.threads.create()
      const input = { file: path, steps: 8, pauseMs: 200 }
      const { run_id } = await server.client.runs.create(thread_id, 'steps', { input, streamMode: 'updates' })
      return { thread_id, run_id, lines }
    }),
  )
  for (const { lines } of runs) await eventually(lines, (seen) => seen.length >= 2)
  await query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'hadal%'",
    [],
  )
  // A request on a killed connection is answered with 503, and the client retries by itself.
  const client = new Client({ apiUrl: server.url, apiKey: null })
  for (const { thread_id, run_id } of runs) {
    const run = await eventually(
      () => client.runs.get(thread_id, run_id),
      ({ status }) => status !== 'pending' && status !== 'running',
    )
    expect(run.status).toBe('success')
    expect(await client.threads.getState(thread_id)).toMatchObject({
      values: { done: [1, 2, 3, 4, 5, 6, 7, 8] },
    })
  }
})
