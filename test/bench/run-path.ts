import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate } from '@hadal/runtime/store/migrate'
import { type Figure, figures } from './figures.ts'
import { serveLangGraphApi } from './run-path/langgraph-api.ts'
import { type DatabaseWork, type MeasuredDatabase, measuredDatabase, workOfRun } from './run-path/measured-database.ts'
import {
  medianFirstEvents,
  medianRun,
  oneRun,
  type Served,
  serveHadal,
  serveProgram,
  throughput,
} from './run-path/served.ts'
import { numbers, spread, table } from './statistics.ts'

/** Runs before a measurement, so that code and statements are compiled and prepared. */
const warmUp = 100
/** Runs of which the statements are counted. */
const counted = 60
/** Seconds of which the statements of an idle server are counted. */
const idleSeconds = 10
const clients = 32
/** Runs of each client in a round: in shorter rounds, their common start weighs more than the runs. */
const runsPerClient = 12
const bare = 'bare'
const ours = 'ours'
const langGraphApi = 'langgraph-api in memory'
const bareServer = join(import.meta.dirname, 'run-path/bare-server.ts')

/** A measured server. `start` starts it; `inMemory` if it has no database. */
interface Contestant {
  readonly name: string
  readonly inMemory?: true
  start(): Promise<Served>
}

/** Durations in milliseconds and runs per second of a measured server, one value per round. */
interface Timings {
  readonly name: string
  /** Median duration of a run of one client. */
  readonly p50: number[]
  /** Median time from the request of a stream to its first event. */
  readonly first: number[]
  /** Median time from the request of a stream to its first event with values. */
  readonly firstValues: number[]
  /** Runs per second of all clients. */
  readonly rate: number[]
}

/**
 * Measures a run of one step, from the creation of its thread to its answer: statements and commits by `pg_stat_statements`, the median duration of
 * one client, the first event of a stream, and the throughput of 32 clients. The peers are a bare graph on the official saver behind Hono, and LangGraph's
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
    const [bareOnes] = timings
    return [
      figures(runPathFigures(works, timings)),
      '',
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
      table(
        ['', 'min', 'median', 'max'],
        timings.flatMap((one) => timingRows(one, bareOnes)),
      ),
    ].join('\n')
  } finally {
    await database?.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function prepare(database: MeasuredDatabase): Promise<Contestant[]> {
  const bareDatabase = await database.create('bare')
  const ownDatabase = await database.create('ours')
  await migrate(ownDatabase)
  const own = (prepared: string): Promise<Served> =>
    serveHadal({ DATABASE_URL: ownDatabase, DATABASE_PREPARED_STATEMENTS: prepared }, 'echo')
  return [
    { name: bare, start: () => serveProgram(bareServer, [bareDatabase], 'echo') },
    { name: ours, start: () => own('on') },
    { name: 'ours, statements not prepared', start: () => own('off') },
    { name: langGraphApi, inMemory: true, start: serveLangGraphApi },
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

async function timed(contestants: readonly Contestant[], rounds: number): Promise<Timings[]> {
  const started: (Timings & { readonly served: Served })[] = []
  try {
    for (const { name, start } of contestants)
      started.push({ name, served: await start(), p50: [], first: [], firstValues: [], rate: [] })
    for (const { served } of started) await throughput(served, 4, 5)
    for (let round = 0; round < rounds; round++) {
      for (const { served, p50 } of started) p50.push(await medianRun(served, 15))
      for (const { served, first, firstValues } of started) {
        const { any, values } = await medianFirstEvents(served, 15)
        first.push(any)
        firstValues.push(values)
      }
      for (const { served, rate } of started) rate.push(await throughput(served, clients, runsPerClient))
    }
  } finally {
    await Promise.all(started.map(({ served }) => served.end()))
  }
  return started
}

const ratios = (values: readonly number[], others: readonly number[] = []): number[] =>
  values.map((value, round) => value / (others[round] ?? Number.NaN))

const differences = (values: readonly number[], others: readonly number[] = []): number[] =>
  values.map((value, round) => value - (others[round] ?? Number.NaN))

function timingRows({ name, p50, first, firstValues, rate }: Timings, bareOnes: Timings | undefined): string[][] {
  return [
    [`${name}: p50 of one client [ms]`, ...numbers(spread(p50), 1)],
    [`${name}: p50 ÷ bare`, ...numbers(spread(ratios(p50, bareOnes?.p50)), 2)],
    [`${name}: first event of a stream, p50 [ms]`, ...numbers(spread(first), 1)],
    [`${name}: first values of a stream, p50 [ms]`, ...numbers(spread(firstValues), 1)],
    [`${name}: runs/s of ${clients} clients`, ...numbers(spread(rate), 1)],
    [`${name}: runs/s ÷ bare`, ...numbers(spread(ratios(rate, bareOnes?.rate)), 2)],
  ]
}

/** The figures that are asked of the run path: medians over the rounds, each round compared with the peer's same round. */
function runPathFigures(works: ReadonlyMap<string, DatabaseWork>, timings: readonly Timings[]): Figure[] {
  const named = (wanted: string): Timings | undefined => timings.find(({ name }) => name === wanted)
  const [bareOnes, ownOnes, peer] = [named(bare), named(ours), named(langGraphApi)]
  const work = works.get(ours)
  const median = (values: readonly number[]): number => spread(values).median
  const lower = (name: string, value: number | undefined, asked: number, aim: number, digits = 1): Figure => ({
    name,
    value: value ?? Number.NaN,
    asked,
    aim,
    better: 'lower',
    digits,
  })
  const rate = (name: string, other: Timings | undefined, asked: number, aim: number): Figure => ({
    name,
    value: median(ratios(ownOnes?.rate ?? [], other?.rate)),
    asked,
    aim,
    better: 'higher',
    digits: 2,
  })
  return [
    rate(`runs.wait on new threads, ${clients} clients: throughput ÷ bare over HTTP`, bareOnes, 0.5, 0.7),
    rate(`runs.wait on new threads, ${clients} clients: throughput ÷ langgraph-api in memory`, peer, 1.5, 2),
    lower('1 client: p50 beyond bare over HTTP [ms]', median(differences(ownOnes?.p50 ?? [], bareOnes?.p50)), 12, 6),
    lower('statements of a run of one step', work?.statements, 34, 28),
    lower('commits of a run of one step', work?.commits, 8, 6),
    lower(
      'first event of runs.stream beyond bare over HTTP [ms]',
      median(differences(ownOnes?.first ?? [], bareOnes?.first)),
      15,
      8,
    ),
  ]
}
