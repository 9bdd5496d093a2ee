import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'
import { type AnswerBytes, answerBytes } from './events/answer-bytes.ts'
import { cpuPerToken, streams, type TokenCost, tokensPerSecond } from './events/cpu-per-token.ts'
import { difference, type StoredBytes, storedBytes } from './events/stored-bytes.ts'
import { type Figure, figures } from './figures.ts'
import { type MeasuredDatabase, measuredDatabase } from './run-path/measured-database.ts'
import { type Served, serveHadal, serveProgram } from './run-path/served.ts'
import { table } from './statistics.ts'

const bareStream = join(import.meta.dirname, 'events/bare-stream.ts')
const agents = join(import.meta.dirname, 'events/agents/langgraph.json')
const modes = [['messages-tuple'], ['messages'], ['messages-tuple', 'messages']] as const
const steps = 100
/** Bytes of the state of the graph `channels`. */
const stateBytes = 1_001_000

/**
 * Measures the event log: CPU time per streamed token beside a server without a graph and without a database, stored bytes and write-ahead log of an
 * answer in each mode, what remains after the retention of events, and the stored bytes of many steps over a large state.
 */
export async function events(): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  let database: MeasuredDatabase | undefined
  try {
    database = await measuredDatabase(state)
    const { work } = database
    const bare = await withServed(await serveProgram(bareStream, [], 'answer'), (served) => cpuPerToken(served))
    const streaming = await database.create('streaming')
    const ours = await withHadal(streaming, {}, ({ served }) => cpuPerToken(served, async () => (await work()).cpuMs))
    const bytes = await withHadal(await database.create('bytes'), {}, async ({ served, client }) => {
      const perMode: AnswerBytes[] = []
      for (const mode of modes) perMode.push(await answerBytes(served, client, mode))
      return perMode
    })
    const removed = await afterRemoval(await database.create('removal'))
    const values = await withHadal(await database.create('channels'), {}, manySteps)
    return [
      figures(eventFigures({ bare, ours, bytes, removed, values })),
      '',
      table(
        ['CPU per token [ms]', 'server', 'PostgreSQL', 'tokens/s'],
        [
          ['bare', ...costRow(bare)],
          ['ours', ...costRow(ours)],
        ],
      ),
      '',
      table(
        ['bytes ÷ text of an answer', 'event log', 'checkpoints', 'other tables', 'WAL of the run'],
        modes.map((mode, index) => [mode.join(' and '), ...bytesRow(bytes[index])]),
      ),
      '',
      table(
        [`bytes ÷ state, ${steps} steps`, 'event log', 'checkpoints', 'other tables'],
        [['values', ...[values.events, values.checkpoints, values.other].map((value) => value.toFixed(2))]],
      ),
    ].join('\n')
  } finally {
    await database?.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

interface Measured {
  readonly bare: TokenCost
  readonly ours: TokenCost
  readonly bytes: readonly AnswerBytes[]
  readonly removed: number
  readonly values: StoredBytes
}

function eventFigures({ bare, ours, bytes, removed, values }: Measured): Figure[] {
  const figure = (name: string, value: number, asked: number, aim: number): Figure => ({
    name,
    value,
    asked,
    aim,
    better: 'lower',
    digits: 2,
  })
  const total = ({ server, database }: TokenCost): number => server + database
  const most = (of: (one: AnswerBytes) => number): number => Math.max(...bytes.map(of))
  const cpu = `${streams} streams × ${tokensPerSecond} tokens/s: CPU per token ÷ bare SSE over HTTP`
  return [
    figure(cpu, total(ours) / total(bare), 2.5, 1.5),
    figure(
      'event log of an answer of 2,000 tokens ÷ its text, worst mode',
      most(({ stored }) => stored.events),
      8,
      4,
    ),
    figure(
      'WAL of the whole run of that answer ÷ its text, worst mode',
      most(({ wal }) => wal),
      20,
      10,
    ),
    figure('event log of that answer after its retention ÷ its text', removed, 1, 0),
    figure(
      `values of ${steps} steps, 1 MB unchanged and 1 KB changed: stored bytes ÷ state`,
      values.events + values.checkpoints + values.other,
      3,
      1.5,
    ),
  ]
}

const costRow = ({ server, database, perSecond }: TokenCost): string[] => [
  server.toFixed(3),
  database.toFixed(3),
  perSecond.toFixed(0),
]

const bytesRow = (one: AnswerBytes | undefined): string[] =>
  one ? [one.stored.events, one.stored.checkpoints, one.stored.other, one.wal].map((value) => value.toFixed(1)) : []

/** Bytes of the event log of streamed answers per byte of their text, after the retention of events. */
async function afterRemoval(url: string): Promise<number> {
  return withHadal(url, {}, async ({ served, client }) => {
    const { stored } = await answerBytes(served, client, modes[0], async () => {
      // Instead of a wait: the runs ended two minutes ago, in a database that was migrated before.
      await client.query("UPDATE hadal.run SET ended_at = ended_at - interval '2 minutes'")
      await client.query("UPDATE hadal.migration SET applied_at = applied_at - interval '1 hour'")
      const { code, errors } = await runProgram(['prune'], { DATABASE_URL: url, EVENT_RETENTION_MINUTES: '1' })
      if (code !== 0) throw new Error(`hadal-runtime prune failed: ${errors}`)
    })
    return stored.events
  })
}

/** Runs a graph whose steps change a small part of a large state. @returns stored bytes per byte of the state */
async function manySteps({ served, client }: Hadal): Promise<StoredBytes> {
  await runChannels(served, 1)
  const before = await storedBytes(client)
  await runChannels(served, steps)
  const { events, checkpoints, other } = difference(await storedBytes(client), before)
  return { events: events / stateBytes, checkpoints: checkpoints / stateBytes, other: other / stateBytes }
}

async function runChannels({ client }: Served, count: number): Promise<void> {
  const { thread_id } = await client.threads.create()
  const request = { input: { steps: count }, streamMode: 'values', config: { recursion_limit: count + 10 } } as const
  for await (const { event, data } of client.runs.stream(thread_id, 'channels', request))
    if (event === 'error') throw new Error(`The run of ${count} steps failed: ${JSON.stringify(data)}`)
}

interface Hadal {
  readonly served: Served
  readonly client: pg.Client
}

async function withServed<Result>(served: Served, work: (served: Served) => Promise<Result>): Promise<Result> {
  try {
    return await work(served)
  } finally {
    await served.end()
  }
}

/** Migrates a database, and starts Hadal's server on it for some work. */
async function withHadal<Result>(
  url: string,
  variables: Readonly<Record<string, string>>,
  work: (hadal: Hadal) => Promise<Result>,
): Promise<Result> {
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const all = { DATABASE_URL: url, AGENTS_CONFIG: agents, WORKER_CONCURRENCY: String(streams), ...variables }
    return await withServed(await serveHadal(all, 'answer'), (served) => work({ served, client }))
  } finally {
    await client.end()
  }
}
