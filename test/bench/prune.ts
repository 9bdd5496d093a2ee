import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'
import { figures } from './figures.ts'
import { table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

const clients = 20
const turns = 20
const checkpointsPerThread = 100
const threadsPerInsert = 200

/**
 * Measures keep-latest: the bytes of a thread with and without it, and what its removals of many checkpoints cost the clients of the same server.
 *
 * @param checkpoints number of stored checkpoints; almost all of them are removed
 * @param seconds duration of the load without removals, and minimum duration of the load beside them
 */
export async function prune(checkpoints: number, seconds: number): Promise<string> {
  return withDatabase(async ({ state, database: { url } }) => {
    await migrate(url)
    const agents = join(state, 'agents')
    mkdirSync(agents)
    const fixtures = join(import.meta.dirname, '../../packages/runtime/src/fixtures/agents')
    const file = join(agents, 'langgraph.json')
    writeFileSync(
      file,
      JSON.stringify({
        graphs: {
          tools: `${join(import.meta.dirname, 'prune/agent.ts')}:graph`,
          echo: `${join(fixtures, 'echo.ts')}:graph`,
          steps: `${join(fixtures, 'steps.ts')}:graph`,
        },
        checkpointer: { ttl: { sweep_interval_minutes: 0.02 } },
      }),
    )
    const variables = { DATABASE_URL: url, AGENTS_CONFIG: file, HOST: '127.0.0.1' }
    const share = await withServer(variables, bytesShare)
    await withServer(variables, (server) => fill(server, url, checkpoints))
    const alone = await withServer(variables, (server) => load(server, async () => pause(seconds * 1_000)))
    const before = await countCheckpoints(url)
    const begun = performance.now()
    const beside = await withServer({ ...variables, CHECKPOINT_KEEP_LATEST: 'true' }, (server) =>
      load(server, async () => {
        const limit = performance.now() + 30 * 60_000
        while ((await prunableCopies(url)) > 0 && performance.now() < limit) await pause(2_000)
      }),
    )
    const removed = before - (await countCheckpoints(url))
    const tookSeconds = (performance.now() - begun) / 1_000
    const ratio = (quantile: number): number => at(beside.times, quantile) / at(alone.times, quantile)
    return [
      `${before} stored checkpoints, ${clients} clients that each send runs.wait on new threads`,
      '',
      figures([
        { name: 'failed requests beside removals', value: beside.failed, asked: 0, aim: 0, better: 'lower', digits: 0 },
        { name: 'p99 beside removals ÷ alone', value: ratio(0.99), asked: 1.2, aim: 1.1, better: 'lower', digits: 2 },
        {
          name: `bytes of ${turns} turns with tools, ÷ without`,
          value: share,
          asked: 1 / 20,
          aim: 1 / 40,
          better: 'lower',
          digits: 4,
        },
      ]),
      '',
      table(
        ['', 'runs', 'failed', 'p50 [ms]', 'p99 [ms]', 'max [ms]'],
        [
          ['alone', ...row(alone)],
          ['beside removals', ...row(beside)],
        ],
      ),
      `${removed} checkpoints more were removed than written in ${tookSeconds.toFixed(0)} s.`,
    ].join('\n')
  })
}

async function withServer<Result>(
  variables: Readonly<Record<string, string>>,
  work: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const server = await startServerProcess(variables)
  try {
    return await work(server)
  } finally {
    await server.end('SIGTERM')
  }
}

async function bytesOf({ url }: ServerProcess, threadId: string): Promise<number> {
  const answer: unknown = await (await fetch(`${url}/threads/${threadId}/storage`)).json()
  return answer !== null && typeof answer === 'object' && 'total_bytes' in answer
    ? Number(answer.total_bytes)
    : Number.NaN
}

/** Returns the share of a thread's bytes that keep-latest leaves after 20 turns with tools. */
async function bytesShare(server: ServerProcess): Promise<number> {
  const { thread_id } = await server.client.threads.create()
  for (let turn = 0; turn < turns; turn++) {
    const content = `Question ${turn}: what do the tools say about this, and what follows from it?`
    await server.client.runs.wait(thread_id, 'tools', { input: { messages: [{ role: 'user', content }] } })
  }
  const whole = await bytesOf(server, thread_id)
  await fetch(`${server.url}/threads/prune`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ thread_ids: [thread_id], strategy: 'keep_latest' }),
  })
  return (await bytesOf(server, thread_id)) / whole
}

/** Stores threads of 100 checkpoints, copies of one that the server executed. */
async function fill(server: ServerProcess, url: string, checkpoints: number): Promise<void> {
  const { thread_id } = await server.client.threads.create()
  // A run of n steps has n + 2 checkpoints.
  await server.client.runs.wait(thread_id, 'steps', { input: { steps: checkpointsPerThread - 2 } })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SET synchronous_commit = off')
    const copies = [
      [
        'public.checkpoints',
        'checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata, hadal_sequence',
      ],
      ['public.checkpoint_blobs', 'checkpoint_ns, channel, version, type, blob'],
      ['public.checkpoint_writes', 'checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob'],
    ] as const
    for (let from = 0; from < checkpoints / checkpointsPerThread; from += threadsPerInsert) {
      const range = [from, from + threadsPerInsert - 1]
      await client.query(
        `INSERT INTO hadal.thread (thread_id, metadata, "values", updated_at)
         SELECT md5('copy' || n)::uuid, metadata, "values", now() - interval '1 hour' FROM hadal.thread, generate_series($2::int, $3::int) AS n WHERE thread_id = $1`,
        [thread_id, ...range],
      )
      for (const [name, columns] of copies) {
        await client.query(
          `INSERT INTO ${name} (thread_id, ${columns}) SELECT md5('copy' || n)::uuid::text, ${columns}
           FROM ${name}, generate_series($2::int, $3::int) AS n WHERE thread_id = $1`,
          [thread_id, ...range],
        )
      }
    }
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

interface Load {
  /** Durations of the runs in milliseconds, sorted. */
  readonly times: readonly number[]
  readonly failed: number
}

/** Lets all clients send runs, one after another, until `until` resolves. */
async function load(server: ServerProcess, until: () => Promise<void>): Promise<Load> {
  let ending = false
  const times: number[] = []
  let failed = 0
  const client = async (): Promise<void> => {
    while (!ending) {
      const begun = performance.now()
      try {
        const { thread_id } = await server.client.threads.create()
        await server.client.runs.wait(thread_id, 'echo', { input: { messages: [{ role: 'user', content: 'hello' }] } })
        times.push(performance.now() - begun)
      } catch {
        failed += 1
      }
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  await until()
  ending = true
  await all
  return { times: times.toSorted((a, b) => a - b), failed }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN

const row = ({ times, failed }: Load): string[] => [
  String(times.length),
  String(failed),
  ...[0.5, 0.99, 1].map((share) => at(times, share).toFixed(0)),
]

async function numberOf(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: number }>(query)
    return rows[0]?.count ?? Number.NaN
  } finally {
    await client.end()
  }
}

const countCheckpoints = (url: string): Promise<number> =>
  numberOf(url, 'SELECT count(*)::float8 AS count FROM public.checkpoints')

/** Counts the copied threads that are not pruned yet. They have no run. */
const prunableCopies = (url: string): Promise<number> =>
  numberOf(
    url,
    `SELECT count(*)::float8 AS count FROM hadal.thread WHERE prunable_since IS NOT NULL AND pruned_up_to IS NULL AND NOT EXISTS (
       SELECT 1 FROM hadal.run WHERE run.thread_id = thread.thread_id)`,
  )
