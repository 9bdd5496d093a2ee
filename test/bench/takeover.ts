import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'
import { numbers, spread, table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

/** Number of active runs of a process when it is killed. */
const runsOfProcess = 5
/** Duration in milliseconds for which no server judges another one dead after the database has started. */
const quietMs = 10_000

/** Measures the time from `kill -9` of a server to the next attempt at each of its runs, while another server lives. */
export async function takeover(rounds: number): Promise<string> {
  return withDatabase(async ({ state, database: { url } }) => {
    await using servers = new AsyncDisposableStack()
    await migrate(url)
    await pause(quietMs)
    const start = async (): Promise<ServerProcess> => {
      const server = await startServerProcess({ DATABASE_URL: url })
      servers.defer(async () => void (await server.end('SIGKILL')))
      return server
    }
    const waits: number[] = []
    let survivor = await start()
    for (let round = 0; round < rounds; round++) {
      const victim = survivor
      // The victim is the only worker now, so it claims all runs.
      const runs = await Promise.all(Array.from({ length: runsOfProcess }, () => begunRun(victim, state)))
      survivor = await start()
      const killedAt = Date.now()
      await victim.end('SIGKILL')
      const attempts = await nextAttempts(
        url,
        runs.map(({ runId }) => runId),
      )
      for (const at of attempts) waits.push(at - killedAt)
      // A second death would make the runs suspects.
      for (const { threadId } of runs) await survivor.client.threads.delete(threadId)
    }
    const sorted = waits.toSorted((one, other) => one - other)
    const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
    const row = ['kill -9 to the next attempt [ms]', ...numbers(spread(waits), 0), p95.toFixed(0)]
    return [
      `${rounds} servers killed with ${runsOfProcess} runs each, while another lives`,
      '',
      table(['', 'min', 'median', 'max', 'p95'], [row]),
    ].join('\n')
  })
}

/** Starts a run whose third step waits for a file that is never created. */
async function begunRun({ client }: ServerProcess, state: string): Promise<{ threadId: string; runId: string }> {
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'steps', {
    input: { steps: 3, gate: join(state, 'never') },
  })
  while ((await client.threads.getState<{ done?: number[] }>(thread_id)).values.done?.length !== 2) await pause(50)
  return { threadId: thread_id, runId: run_id }
}

/** Returns the start times of the second attempts of runs, by the database's clock, which is this machine's clock. */
async function nextAttempts(url: string, runs: readonly string[]): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (;;) {
      const { rows } = await client.query<{ started_at: Date }>(
        'SELECT started_at FROM hadal.run_attempt WHERE run_id = ANY($1) AND attempt = 1',
        [runs],
      )
      if (rows.length === runs.length) return rows.map((row) => row.started_at.getTime())
      await pause(100)
    }
  } finally {
    await client.end()
  }
}
