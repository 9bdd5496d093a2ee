import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@hadal/runtime/store/migrate'
import { figures } from './figures.ts'
import { type MeasuredDatabase, measuredDatabase } from './run-path/measured-database.ts'
import { oneRun, type Served, serveHadal, throughput } from './run-path/served.ts'
import { fill, lengthenHistory } from './size/fill.ts'
import { numbers, spread, table } from './statistics.ts'

/** Runs before a measurement, so that code and statements are compiled and prepared. */
const warmUp = 100
/** Requests of which the median duration is one value of a round. */
const requests = 20
const clients = 32
const longHistory = 10_000

type Search = Parameters<Served['client']['threads']['search']>[0]

/** Searches of a round. The first is compared with the same search on empty tables. */
const searches: Readonly<Record<string, Search>> = {
  'the newest 10': {},
  'a user, by metadata (100 threads)': { metadata: { user: 'user-77' } },
  'a plan, by metadata (a tenth)': { metadata: { plan: 'pro' } },
  'a customer, by values (20 threads)': { values: { customer: 'customer-77' } },
  'done, by values (a half)': { values: { done: true } },
  'status error (a fiftieth)': { status: 'error' },
  'by creation, oldest first': { sortBy: 'created_at', sortOrder: 'asc' },
  'by status': { sortBy: 'status' },
  'an offset of half of the threads': {},
}

/** Durations in milliseconds or runs per second of both servers, one value per round. */
interface Pair {
  readonly empty: number[]
  readonly full: number[]
}

/**
 * Measures how much a million finished threads and runs slow down runs and searches: two databases of one PostgreSQL, one of them with empty tables,
 * a server each, in turn. Measures the history of a thread with many checkpoints beside that of a short one.
 */
export async function size(rounds: number, threads = 1_000_000): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  let database: MeasuredDatabase | undefined
  const servers: Served[] = []
  try {
    database = await measuredDatabase(state)
    const began = performance.now()
    const [empty, full] = await Promise.all(
      ['empty_tables', 'full_tables'].map((name) => prepared(database, name, threads)),
    )
    if (!empty || !full) throw new Error('No database was prepared.')
    const filledIn = (performance.now() - began) / 1_000
    servers.push(await serve(empty), await serve(full))
    const [small, large] = servers
    if (!small || !large) throw new Error('No server was started.')
    return await measured({ database, small, large, fullUrl: full, rounds, threads, filledIn })
  } finally {
    await Promise.all(servers.map((server) => server.end()))
    await database?.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function prepared(database: MeasuredDatabase | undefined, name: string, threads: number): Promise<string> {
  const url = await database?.create(name)
  if (url === undefined) throw new Error('The database has ended.')
  await migrate(url)
  if (name === 'full_tables') await fill(url, threads)
  return url
}

const serve = (url: string): Promise<Served> =>
  serveHadal({ DATABASE_URL: url, DATABASE_PREPARED_STATEMENTS: 'on' }, 'echo')

/** Median durations in milliseconds of requests that are executed in turn, so that the noise of the machine is the same for all. */
async function medians(...all: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const durations = all.map((): number[] => [])
  for (let count = 0; count < requests; count++) {
    for (const [index, request] of all.entries()) {
      const started = performance.now()
      await request()
      durations[index]?.push(performance.now() - started)
    }
  }
  return durations.map((values) => spread(values).median)
}

const median = async (request: () => Promise<unknown>): Promise<number> => (await medians(request))[0] ?? Number.NaN

/** Adds the medians of the same request to both servers. */
async function compare(
  { empty, full }: Pair,
  ...both: readonly [() => Promise<unknown>, () => Promise<unknown>]
): Promise<void> {
  const [first = Number.NaN, second = Number.NaN] = await medians(...both)
  empty.push(first)
  full.push(second)
}

async function measured(order: {
  readonly database: MeasuredDatabase
  readonly small: Served
  readonly large: Served
  readonly fullUrl: string
  readonly rounds: number
  readonly threads: number
  readonly filledIn: number
}): Promise<string> {
  const { small, large, fullUrl, rounds, threads, filledIn } = order
  for (const served of [small, large]) for (let run = 0; run < warmUp; run++) await oneRun(served)
  const { shortId, longId } = await histories(large, fullUrl)
  const load = loadavg()[0] ?? 0
  const pair = (): Pair => ({ empty: [], full: [] })
  const [wait, rate, search, history, cpu] = [pair(), pair(), pair(), pair(), pair()]
  const others = new Map<string, number[]>()
  const add = (name: string, value: number): void => void others.set(name, [...(others.get(name) ?? []), value])
  for (let round = 0; round < rounds; round++) {
    await compare(
      wait,
      () => oneRun(small),
      () => oneRun(large),
    )
    rate.empty.push(await throughput(small, clients, 3))
    rate.full.push(await throughput(large, clients, 3))
    await compare(
      search,
      () => small.client.threads.search(),
      () => large.client.threads.search(),
    )
    cpu.empty.push(await cpuOfRun(order.database, small))
    cpu.full.push(await cpuOfRun(order.database, large))
    for (const [name, query] of Object.entries(searches)) {
      const offset = name.startsWith('an offset') ? threads / 2 : 0
      add(`search: ${name} [ms]`, await median(() => large.client.threads.search({ ...query, offset })))
    }
    add('count: all threads [ms]', await median(() => large.client.threads.count()))
    add('count: a user [ms]', await median(() => large.client.threads.count({ metadata: { user: 'user-77' } })))
    const newest = (id: string) => () => large.client.threads.getHistory(id, { limit: 3 })
    await compare(history, newest(shortId), newest(longId))
    add(
      `history: 3 states before the ${longHistory / 2}th [ms]`,
      await median(() => large.client.threads.getHistory(longId, { limit: 3, before: before(longHistory / 2) })),
    )
    add('state of the thread with the long history [ms]', await median(() => large.client.threads.getState(longId)))
  }
  const figure = (name: string, { empty, full }: Pair) => ({
    name,
    value: spread(ratios(full, empty)).median,
    asked: 1.2,
    aim: 1.05,
    better: 'lower' as const,
    digits: 2,
  })
  return [
    figures([
      figure(`${threads} finished runs in the tables: slowdown of runs.wait, p50 of one client`, wait),
      figure(`the same with ${clients} clients`, { empty: rate.full, full: rate.empty }),
      figure('slowdown of threads.search', search),
    ]),
    '',
    `${rounds} rounds, servers in turn. Load of the machine at their start: ${load.toFixed(1)}. Filled in ${filledIn.toFixed(0)} s.`,
    '',
    table(
      ['', 'min', 'median', 'max'],
      [
        ...pairRows('runs.wait: p50 of one client [ms]', wait, 'full ÷ empty', 'empty', 'full'),
        ...pairRows(`runs/s of ${clients} clients`, rate, 'full ÷ empty', 'empty', 'full'),
        ...pairRows('CPU of PostgreSQL per run [ms]', cpu, 'full ÷ empty', 'empty', 'full'),
        ...pairRows('threads.search [ms]', search, 'full ÷ empty', 'empty', 'full'),
        ...pairRows('history: the newest 3 states [ms]', history, 'long ÷ short', 'short', `of ${longHistory}`),
        ...[...others].map(([name, values]) => [name, ...numbers(spread(values), 1)]),
      ],
    ),
  ].join('\n')
}

const before = (number: number): { configurable: { checkpoint_id: string } } => ({
  configurable: { checkpoint_id: `ffffffff-${String(number).padStart(27, '0')}` },
})

/** Creates a thread with the history of one run, and one with {@link longHistory} more states. */
async function histories({ client, graph }: Served, url: string): Promise<{ shortId: string; longId: string }> {
  const thread = async (): Promise<string> => {
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, graph, { input: { messages: [{ role: 'user', content: 'hello' }] } })
    return thread_id
  }
  const [shortId, longId] = [await thread(), await thread()]
  await lengthenHistory(url, longId, longHistory)
  return { shortId, longId }
}

/** CPU time of PostgreSQL in milliseconds for one run. */
async function cpuOfRun(database: MeasuredDatabase, served: Served): Promise<number> {
  const before = await database.work()
  for (let run = 0; run < requests; run++) await oneRun(served)
  return ((await database.work()).cpuMs - before.cpuMs) / requests
}

const ratios = (values: readonly number[], others: readonly number[]): number[] =>
  values.map((value, round) => value / (others[round] ?? Number.NaN))

const pairRows = (name: string, { empty, full }: Pair, ratio: string, first: string, second: string): string[][] => [
  [`${name}, ${first}`, ...numbers(spread(empty), 1)],
  [`${name}, ${second}`, ...numbers(spread(full), 1)],
  [`${name}, ${ratio}`, ...numbers(spread(ratios(full, empty)), 2)],
]
