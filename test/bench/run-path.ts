import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import { serveLangGraphApi } from './run-path/langgraph-api.ts'
import { type DatabaseWork, type MeasuredDatabase, measuredDatabase, workOfRun } from './run-path/measured-database.ts'
import { medianRun, oneRun, type Served, serveProgram, throughput } from './run-path/served.ts'
import { numbers, spread, table } from './statistics.ts'

/** Runs before a measurement, so that code and statements are compiled and prepared. */
const warmUp = 100
/** Runs of which the statements are counted. */
const counted = 60
/** Seconds of which the statements of an idle server are counted. */
const idleSeconds = 10
const clients = 32
const bareServer = join(import.meta.dirname, 'run-path/bare-server.ts')

/** A measured server. `start` starts it; `inMemory` if it has no database. */
interface Contestant {
  readonly name: string
  readonly inMemory?: true
  start(): Promise<Served>
}

/**
 * Measures a run of one step, from the creation of its thread to its answer: statements and commits by `pg_stat_statements`, the median duration of
 * one client, and the throughput of 32 clients. The peers are a bare graph on the official saver behind Hono, and LangGraph's
 * development server in memory.
 */
export async function runPath(rounds: number): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  let database: MeasuredDatabase | undefined
  try {
    database = await measuredDatabase(state)
    const contestants = await prepare(database)
    const works = new Map<string, DatabaseWork>()
    for (const one of contestants) if (!one.inMemory) works.set(one.name, await countedWork(database, one))
    const load = loadavg()[0] ?? 0
    const timings = await timed(contestants, rounds)
    return [
      `Work of PostgreSQL per run: mean of ${counted} runs one after another, without the share of the idle server`,
      '',
      table(
        ['', 'statements', 'commits', 'plans', 'CPU of PostgreSQL [ms]'],
        [...works].map(([name, { statements, commits, plans, cpuMs }]) => [
          name,
          ...[statements, commits, plans, cpuMs].map((value) => value.toFixed(1)),
        ]),
      ),
      '',
      `Durations and throughput: ${rounds} rounds, servers in turn. Load of the machine at their start: ${load.toFixed(1)}`,
      '',
      table(['', 'min', 'median', 'max'], timings),
    ].join('\n')
  } finally {
    await database?.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function prepare(database: MeasuredDatabase): Promise<Contestant[]> {
  const bare = await database.create('bare')
  const ours = await database.create('ours')
  await migrate(ours)
  const own = async (prepared: string): Promise<Served> => {
    const server = await startServerProcess({ DATABASE_URL: ours, DATABASE_PREPARED_STATEMENTS: prepared })
    return { client: server.client, graph: 'echo', end: async () => void (await server.end('SIGKILL')) }
  }
  return [
    { name: 'bare', start: () => serveProgram(bareServer, [bare], 'echo') },
    { name: 'ours', start: () => own('on') },
    { name: 'ours, statements not prepared', start: () => own('off') },
    { name: 'langgraph-api in memory', inMemory: true, start: serveLangGraphApi },
  ]
}

async function countedWork(database: MeasuredDatabase, contestant: Contestant): Promise<DatabaseWork> {
  const served = await contestant.start()
  try {
    for (let run = 0; run < warmUp; run++) await oneRun(served)
    const from = await database.work()
    await pause(idleSeconds * 1_000)
    const to = await database.work()
    const started = performance.now()
    for (let run = 0; run < counted; run++) await oneRun(served)
    const share = (performance.now() - started) / 1_000 / idleSeconds
    return workOfRun(to, await database.work(), counted, { from, to, share })
  } finally {
    await served.end()
  }
}

async function timed(contestants: readonly Contestant[], rounds: number): Promise<string[][]> {
  const started: { name: string; served: Served; p50: number[]; rate: number[] }[] = []
  try {
    for (const { name, start } of contestants) started.push({ name, served: await start(), p50: [], rate: [] })
    for (const { served } of started) await throughput(served, 4, 5)
    for (let round = 0; round < rounds; round++) {
      for (const { served, p50 } of started) p50.push(await medianRun(served, 15))
      for (const { served, rate } of started) rate.push(await throughput(served, clients, 4))
    }
  } finally {
    await Promise.all(started.map(({ served }) => served.end()))
  }
  const [bare] = started
  const ratio = (values: readonly number[], others: readonly number[] = []): number[] =>
    values.map((value, round) => value / (others[round] ?? Number.NaN))
  return started.flatMap(({ name, p50, rate }) => [
    [`${name}: p50 of one client [ms]`, ...numbers(spread(p50), 1)],
    [`${name}: p50 ÷ bare`, ...numbers(spread(ratio(p50, bare?.p50)), 2)],
    [`${name}: runs/s of ${clients} clients`, ...numbers(spread(rate), 1)],
    [`${name}: runs/s ÷ bare`, ...numbers(spread(ratio(rate, bare?.rate)), 2)],
  ])
}
