import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../fixtures/eventually.ts'
import { type PostgresReplication, startReplication } from '../../fixtures/postgres-replication.ts'
import { startTestServer, type TestServer } from '../../fixtures/start-test-server.ts'
import { migrate } from '../migrate.ts'
import { type FallbackReason, ReplicaReads } from './replica-reads.ts'

let databases: PostgresReplication
/** Servers that accept a lag of one hour, and of one second. */
let patient: TestServer
let strict: TestServer

beforeAll(async () => {
  databases = await startReplication('hadal')
  const { primary, standby } = databases
  await migrate(primary.url)
  const server = (seconds: string): Promise<TestServer> =>
    startTestServer(primary.url, { DATABASE_READ_URL: standby.url, DATABASE_READ_LAG_SECONDS: seconds })
  patient = await server('3600')
  strict = await server('1')
}, 120_000)
afterAll(async () => {
  await Promise.all([patient?.drain(), strict?.drain()])
  await databases?.end()
}, 60_000)

/** Value of a metric with labels, such as `database_read_fallbacks_total{reason="away"}`. */
async function metric({ metricsPort }: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const value = text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1)
  return value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)
}
const fallbacks = (server: TestServer, reason: FallbackReason): Promise<number> =>
  metric(server, `database_read_fallbacks_total{reason="${reason}"}`)
const fromReplica = (server: TestServer): Promise<number> => metric(server, 'database_replica_reads_total')

/** Whether a replica answers the reads of a request. */
async function isByReplica(server: TestServer, request: () => Promise<unknown>): Promise<boolean> {
  const before = await fromReplica(server)
  await request()
  return (await fromReplica(server)) > before
}

const say = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })
async function newThread(server: TestServer, metadata: Record<string, string> = {}): Promise<string> {
  const { thread_id } = await server.client.threads.create({ metadata })
  await server.client.runs.wait(thread_id, 'echo', say('one'))
  return thread_id
}
const runsOf = async ({ client }: TestServer, threadId: string): Promise<number> =>
  (await client.runs.list(threadId)).length
const lines = ({ logged }: TestServer, name: string): number =>
  logged.filter((line) => JSON.stringify(line).includes(`"${name}"`)).length

/** Waits until the standby has all writes and answers the reads of both servers. */
async function caughtUp(): Promise<void> {
  for (const server of [patient, strict]) {
    await eventually(
      () => isByReplica(server, () => server.client.threads.count()),
      (is) => is,
    )
  }
}

/** Executes work while the standby receives but does not replay the log. */
async function whilePaused(work: () => Promise<void>): Promise<void> {
  const { standby } = databases
  await caughtUp()
  await standby.query('SELECT pg_wal_replay_pause()')
  await eventually(
    () => standby.query('SELECT pg_get_wal_replay_pause_state() AS state'),
    ([row]) => row?.state === 'paused',
  )
  try {
    await work()
  } finally {
    // The replay that it resumes may cancel the statement itself.
    await standby.query('SELECT pg_wal_replay_resume()').catch(() => {})
  }
  await caughtUp()
}

test('a replica answers searches, counts, lists of runs and histories, and they have what was just written', async () => {
  const { client } = patient
  for (let round = 0; round < 5; round++) {
    const kind = `round ${round}`
    const threadId = await newThread(patient, { kind })
    const search = async (): Promise<void> => {
      const found = await client.threads.search({ metadata: { kind } })
      expect(found).toMatchObject([{ thread_id: threadId, status: 'idle', values: { messages: [{}, {}] } }])
      expect(await client.threads.count({ metadata: { kind } })).toBe(1)
    }
    await search()
    expect(await runsOf(patient, threadId)).toBe(1)
    expect((await client.threads.getHistory(threadId))[0]?.values).toMatchObject({ messages: [{}, {}] })
    await expect(client.runs.list(crypto.randomUUID())).rejects.toThrow('404')
    await expect(
      client.threads.getHistory(threadId, { before: { configurable: { checkpoint_id: 'none' } } }),
    ).rejects.toThrow('404')
    await caughtUp()
    for (const request of [
      () => client.threads.search(),
      () => client.threads.count(),
      () => client.runs.list(threadId),
      () => client.threads.getHistory(threadId),
    ]) {
      expect(await isByReplica(patient, request)).toBe(true)
    }
  }
  expect(await metric(patient, 'database_read_lag_seconds')).toBeLessThan(3_600)
})

test('a replica without new writes has no lag, however long', async () => {
  await caughtUp()
  const since = performance.now()
  await eventually(
    () => performance.now() - since,
    (milliseconds) => milliseconds > 1_500,
  )
  // The first read after a pause longer than the bound.
  expect(await isByReplica(strict, () => strict.client.threads.count())).toBe(true)
})

test('a thread that the replica lacks is read from the primary, whichever process wrote it; a search may lag', async () => {
  const old = await newThread(patient)
  await whilePaused(async () => {
    const written = await fallbacks(patient, 'written')
    const before = await patient.client.threads.count()
    const fresh = await newThread(strict)
    await strict.client.runs.wait(old, 'echo', say('two'))
    expect(await runsOf(patient, fresh)).toBe(1)
    expect(await runsOf(patient, old)).toBe(2)
    const [newest] = await patient.client.threads.getHistory(old)
    expect(newest?.values).toMatchObject({ messages: [{}, {}, {}, { content: 'You said: two' }] })
    expect(await fallbacks(patient, 'written')).toBe(written + 3)
    expect(await isByReplica(patient, () => patient.client.threads.search())).toBe(true)
    expect(await patient.client.threads.count()).toBe(before)
    const [deleted] = await patient.client.runs.list(old)
    await strict.client.runs.delete(old, deleted?.run_id ?? '')
    expect(await runsOf(patient, old)).toBe(1)
  })
  expect(await patient.client.threads.search({ ids: [old] })).toMatchObject([{ thread_id: old }])
})

test('a thread with a run that is active is read from the primary', async () => {
  const { client } = patient
  const { thread_id } = await client.threads.create()
  await caughtUp()
  await whilePaused(async () => {
    await client.runs.create(thread_id, 'steps', { input: { steps: 1_000 } })
    await eventually(
      () => client.threads.getHistory(thread_id),
      (states) => states.length > 1,
    )
    const [run] = await client.runs.list(thread_id)
    await client.runs.cancel(thread_id, run?.run_id ?? '', true)
  })
})

test('an unchanged thread is read from a replica that lags within the bound', async () => {
  const old = await newThread(patient)
  await whilePaused(async () => {
    await newThread(strict)
    expect(await isByReplica(patient, () => patient.client.threads.getHistory(old))).toBe(true)
  })
})

test('the primary answers while the replica lags by more than the bound, and the log says so once', async () => {
  const { client } = strict
  const old = await newThread(strict)
  await whilePaused(async () => {
    const [unused, behind] = [lines(strict, 'read_replicas_unused'), await fallbacks(strict, 'behind')]
    const fresh = await newThread(patient)
    const search = async (): Promise<boolean> =>
      (await client.threads.search({ limit: 1_000 })).some((thread) => thread.thread_id === fresh)
    await eventually(search, (found) => found)
    const since = performance.now()
    await eventually(
      () => performance.now() - since,
      (milliseconds) => milliseconds > 1_100,
    )
    for (let time = 0; time < 3; time++) {
      expect(await search()).toBe(true)
      expect(await isByReplica(strict, () => client.runs.list(old))).toBe(false)
    }
    expect(await fallbacks(strict, 'behind')).toBeGreaterThanOrEqual(behind + 6)
    expect(lines(strict, 'read_replicas_unused')).toBe(unused + 1)
    expect(await metric(strict, 'database_read_lag_seconds')).toBe(Number.POSITIVE_INFINITY)
  })
  expect(lines(strict, 'read_replicas_used')).toBe(lines(strict, 'read_replicas_unused'))
})

test('a statement that the replica cancels is repeated by the primary', async () => {
  const { primary, standby } = databases
  await primary.query('CREATE TABLE public.conflict AS SELECT generate_series(1, 1000) AS number')
  await caughtUp()
  const [replicas, pool] = [standby, primary].map(({ url }) => new pg.Pool({ connectionString: url, max: 2 }))
  if (!replicas || !pool) throw new Error('unreachable')
  for (const each of [replicas, pool]) {
    each.on('error', () => {})
    // The replica may end the connection instead of the statement.
    each.on('connect', (client) => client.on('error', () => {}))
  }
  const seen: FallbackReason[] = []
  const reads = new ReplicaReads({
    replicas,
    primary: pool,
    boundSeconds: 3_600,
    onFallback: (reason) => seen.push(reason),
    onRead: () => {},
    onDirect: () => {},
  })
  try {
    const sum = reads.ofMany(async (database) => {
      const { rows } = await database.query<{ sum: number }>(
        'SELECT sum(number)::int, CASE WHEN pg_is_in_recovery() THEN pg_sleep(120) END FROM public.conflict',
      )
      return rows[0]?.sum
    })
    await eventually(
      () =>
        standby.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(120)%' AND pid <> pg_backend_pid()"),
      (rows) => rows.length === 1,
    )
    await primary.query('DELETE FROM public.conflict WHERE number <= 500')
    await primary.query('VACUUM public.conflict')
    expect(await sum).toBe(375_250)
    expect(seen).toEqual(['failed'])
  } finally {
    await Promise.all([replicas.end(), pool.end()])
  }
}, 130_000)

describe('without a replica the primary answers', () => {
  test('while it is stopped, and the replica answers again after its start', async () => {
    const { standby } = databases
    await caughtUp()
    const [away, unused] = [await fallbacks(patient, 'away'), lines(patient, 'read_replicas_unused')]
    await standby.stop()
    const threadId = await newThread(patient)
    expect(await patient.client.threads.search({ limit: 1 })).toMatchObject([{ thread_id: threadId }])
    expect(await runsOf(patient, threadId)).toBe(1)
    expect(await fallbacks(patient, 'away')).toBeGreaterThan(away)
    expect(lines(patient, 'read_replicas_unused')).toBe(unused + 1)
    await standby.start()
    await caughtUp()
    expect(await runsOf(patient, threadId)).toBe(1)
  }, 120_000)

  test('while it hangs', async () => {
    const { standby } = databases
    await caughtUp()
    standby.signal('SIGSTOP')
    try {
      const away = await fallbacks(strict, 'away')
      const threadId = await newThread(strict)
      expect(await runsOf(strict, threadId)).toBe(1)
      expect(await strict.client.threads.search({ limit: 1 })).toMatchObject([{ thread_id: threadId }])
      expect(await fallbacks(strict, 'away')).toBeGreaterThanOrEqual(away + 2)
    } finally {
      standby.signal('SIGCONT')
    }
    await caughtUp()
  }, 120_000)

  test('after it was promoted', async () => {
    const { standby } = databases
    await caughtUp()
    await standby.query('SELECT pg_promote()')
    const threadId = await newThread(patient)
    expect(await runsOf(patient, threadId)).toBe(1)
    expect(await patient.client.threads.search({ limit: 1 })).toMatchObject([{ thread_id: threadId }])
    expect(await isByReplica(patient, () => patient.client.threads.count())).toBe(false)
    expect(await fallbacks(patient, 'foreign')).toBeGreaterThan(0)
  })
})
