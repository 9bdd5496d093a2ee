import { randomUUID } from 'node:crypto'
import { createQueue } from '@hadal/runtime/store/create-queue'
import { DatabasePool } from '@hadal/runtime/store/database-pool'
import { migrate } from '@hadal/runtime/store/migrate'
import { PreparedStatements } from '@hadal/runtime/store/prepared-statements'
import { claimRuns } from '@hadal/runtime/store/queries/claim-runs'
import { queueNumbers } from '@hadal/runtime/store/queries/queue-numbers'
import { insertSubmittedRun } from '@hadal/runtime/store/queries/submit-run'
import { runQueue } from '@hadal/runtime/store/run-queue'
import { defaultTenant, wholeTenant } from '@hadal/runtime/store/scope'
import pg from 'pg'
import { type Spread, spread, table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

const instanceId = randomUUID()
/** Number of runs that are submitted, claimed and ended in turn in one backlog before the next backlog is measured. */
const perTurn = 20
/** Number of claims by pg-boss's own fetch, which the previous release uses. */
const fetches = 3

/** A number of waiting runs on a number of threads. */
interface Backlog {
  readonly name: string
  readonly runs: number
  readonly threads: number
}

const backlogs: readonly Backlog[] = [
  { name: '10 runs on 10 threads', runs: 10, threads: 10 },
  { name: '1,000,000 runs on 1,000 threads', runs: 1_000_000, threads: 1_000 },
  { name: '1,000,000 runs on 1,000,000 threads', runs: 1_000_000, threads: 1_000_000 },
]

/** Durations in milliseconds of the steps of a run with one backlog. */
interface Durations {
  readonly submit: number[]
  readonly claim: number[]
  readonly end: number[]
  readonly numbers: number[]
  readonly fetch: number[]
}

/** Measures the claim of one run with 1,000,000 waiting runs, beside that with 10. The backlogs take turns, so that noise meets all of them. */
export async function backlog(turns: number): Promise<string> {
  return withDatabase(async ({ database: { url } }) => {
    await using opened = new AsyncDisposableStack()
    const measured: { backlog: Backlog; pool: DatabasePool; durations: Durations }[] = []
    for (const one of backlogs) {
      const pool = await openBacklog(url, one, `backlog_${measured.length}`)
      opened.defer(() => pool.end())
      measured.push({ backlog: one, pool, durations: { submit: [], claim: [], end: [], numbers: [], fetch: [] } })
    }
    for (const { pool, durations } of measured)
      await measureTurn(pool, { ...durations, submit: [], claim: [], end: [] })
    for (let turn = 0; turn < turns; turn += 1) {
      for (const { pool, durations } of measured) await measureTurn(pool, durations)
    }
    for (const { pool, durations } of measured) await measureFetches(pool, durations)
    const [least] = measured
    const rows = measured.map(({ backlog: { name }, durations }) => [
      name,
      ...(['submit', 'claim', 'end', 'numbers', 'fetch'] as const).flatMap((step) => [
        shown(spread(durations[step])),
        (spread(durations[step]).median / spread(least?.durations[step] ?? []).median).toFixed(2),
      ]),
    ])
    return [
      `${turns * perTurn} runs with each backlog: milliseconds as median (minimum to maximum), and the median ÷ that with 10 runs`,
      'The fetch of pg-boss is what the release before claims by.',
      '',
      table(['backlog', 'submit', '÷', 'claim', '÷', 'end', '÷', 'numbers', '÷', 'fetch', '÷'], rows),
    ].join('\n')
  })
}

const shown = ({ min, median, max }: Spread): string => `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(1)})`

/** Creates a database with a backlog. The rows are inserted without triggers, as the migration of an old queue finds them. */
async function openBacklog(url: string, { runs, threads }: Backlog, name: string): Promise<DatabasePool> {
  const address = new URL(url)
  const admin = new pg.Client({ connectionString: address.href })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`).finally(() => admin.end())
  address.pathname = `/${name}`
  await migrate(address.href)
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query(
      "INSERT INTO hadal.thread (thread_id, status) SELECT gen_random_uuid(), 'busy' FROM generate_series(1, $1::int)",
      [threads],
    )
    await client.query(
      `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request, created_at)
       SELECT gen_random_uuid(), thread_id, 'steps', gen_random_uuid(), 'enqueue', '{"input":{"steps":1}}',
         now() - interval '1 day' + number * interval '1 ms'
       FROM generate_series(1, $1::int / $2::int) AS number CROSS JOIN hadal.thread`,
      [runs, threads],
    )
    await client.query(
      `INSERT INTO pgboss.job (id, name, data, singleton_key, policy, created_on, start_after, keep_until, retry_limit, heartbeat_seconds)
       SELECT run_id, 'run', jsonb_build_object('threadId', thread_id), thread_id, 'key_strict_fifo', created_at, created_at,
         now() + interval '1 year', 1000000, 10 FROM hadal.run`,
    )
    await client.query(
      `INSERT INTO hadal.ready_run (thread_id, run_id, ready_at)
       SELECT thread_id, head.run_id, head.ready_at FROM hadal.thread CROSS JOIN LATERAL hadal.head_of_thread_v3(thread_id) AS head`,
    )
    // As migration 24 does with the rows that it finds: the trigger gives each row its tenant and its lanes.
    await client.query('SET session_replication_role = DEFAULT')
    await client.query('UPDATE hadal.ready_run SET ready_at = ready_at')
    for (const filled of ['hadal.thread', 'hadal.run', 'hadal.ready_run', 'pgboss.job'])
      await client.query(`VACUUM ANALYZE ${filled}`)
  } finally {
    await client.end()
  }
  const prepared = new PreparedStatements()
  prepared.enable()
  return new DatabasePool(
    {
      connectionString: address.href,
      size: 1,
      overflow: 1,
      timeoutSeconds: 30,
      recycleSeconds: 3_600,
      prePing: false,
      statementTimeoutSeconds: 120,
      applicationName: 'hadal bench',
      prepared,
    },
    () => {},
  )
}

async function timed<Result>(into: number[], work: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await work()
  into.push(performance.now() - began)
  return result
}

/** Submits, claims and ends runs one after the other, so that the backlog keeps its size. */
async function measureTurn(pool: DatabasePool, durations: Durations): Promise<void> {
  for (let run = 0; run < perTurn; run += 1) {
    await timed(durations.submit, () =>
      insertSubmittedRun(pool, {
        scope: wholeTenant(defaultTenant),
        threadId: randomUUID(),
        thread: 'new',
        temporary: false,
        runId: randomUUID(),
        graphId: 'steps',
        assistantId: randomUUID(),
        multitaskStrategy: 'enqueue',
        metadata: '{}',
        request: '{"input":{"steps":1}}',
        afterSeconds: undefined,
        idleInstance: undefined,
      }),
    )
    const { claims } = await timed(durations.claim, () => claimRuns(pool, { instanceId, most: 1 }))
    const runId = claims[0]?.lease.runId
    if (runId === undefined) throw new Error('No run was claimed.')
    // The end of a run decides which run of its thread is next.
    await timed(durations.end, () =>
      pool.query(
        `WITH ended AS (UPDATE hadal.run SET status = 'success' WHERE run_id = $1)
        DELETE FROM pgboss.job WHERE name = 'run' AND id = $1`,
        [runId],
      ),
    )
  }
  await timed(durations.numbers, () => queueNumbers(pool))
}

async function measureFetches(pool: DatabasePool, { fetch }: Durations): Promise<void> {
  const boss = createQueue(pool, () => {})
  await boss.start()
  try {
    for (let count = 0; count < fetches; count += 1) await timed(fetch, () => boss.fetch(runQueue, { batchSize: 1 }))
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
}
