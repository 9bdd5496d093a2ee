import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import pg from 'pg'
import { processStat } from './process-stat.ts'
import { measuredDatabase } from './run-path/measured-database.ts'
import { table } from './statistics.ts'

/** Duration in seconds for which an idle server, and then its idle streams, are measured. */
const idleSeconds = 60
/** Time in milliseconds until the start of a server, or the opening of streams, has no more effect. */
const settleMs = 15_000
/** Number of open streams: of runs that have not started, each of a run of its own, and then of the threads of these runs. */
const streams = 2_000
/** Number of requests that are under way at the same time while runs are submitted and streams are opened. */
const atOnce = 20

/** Measures an idle server with the role `all`: its statements per second, CPU time and memory, without streams and with open streams. */
export async function idle(): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rmSync(state, { recursive: true, force: true }))
  const database = await measuredDatabase(state)
  opened.defer(() => database.stop())
  const url = await database.create('idle')
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  opened.defer(() => client.end())
  await client.query('CREATE EXTENSION pg_stat_statements')
  const server = await startServerProcess({ DATABASE_URL: url })
  opened.defer(async () => void (await server.end('SIGTERM')))
  await pause(settleMs)
  const alone = await measured(server, client)
  const runs = await submitted(server, streams)
  await server.end('SIGTERM')
  const ofRuns = await withStreams(
    url,
    client,
    runs.map(({ runId }) => `/runs/${runId}/stream`),
  )
  const ofThreads = await withStreams(
    url,
    client,
    runs.map(({ threadId }) => `/threads/${threadId}/stream`),
  )
  return [
    `An idle server with the role all, over ${idleSeconds} s`,
    '',
    table(
      ['', 'alone', `with ${streams} idle streams of runs`, `with ${streams} idle streams of threads`],
      [
        ['statements a second', ...[alone, ofRuns, ofThreads].map(({ statements }) => statements.toFixed(2))],
        ['CPU [% of a core]', ...[alone, ofRuns, ofThreads].map(({ cpuShare }) => cpuShare.toFixed(2))],
        ['resident memory [MiB]', ...[alone, ofRuns, ofThreads].map(({ mebibytes }) => mebibytes.toFixed(0))],
        ['resident memory of a stream [kB]', '', ofRuns.eachKilobytes.toFixed(1), ofThreads.eachKilobytes.toFixed(1)],
      ],
    ),
    '',
    'Statements of the server alone, a second',
    ...alone.list,
  ].join('\n')
}

/** Measures a new process with idle streams: the memory that submitted runs have left in another one would hide the memory of the streams. */
async function withStreams(
  url: string,
  client: pg.Client,
  paths: readonly string[],
): Promise<Idleness & { readonly eachKilobytes: number }> {
  await using opened = new AsyncDisposableStack()
  const server = await startServerProcess({ DATABASE_URL: url })
  opened.defer(async () => void (await server.end('SIGTERM')))
  await pause(settleMs)
  const before = memoryOf(server)
  const sockets = await openStreams(server, paths)
  opened.defer(() => sockets.forEach((socket) => void socket.destroy()))
  await pause(settleMs)
  const open = await measured(server, client)
  return { ...open, eachKilobytes: ((open.mebibytes - before) * 1024) / sockets.length }
}

interface Idleness {
  readonly statements: number
  readonly list: readonly string[]
  readonly cpuShare: number
  readonly mebibytes: number
}

async function measured(server: ServerProcess, client: pg.Client): Promise<Idleness> {
  await client.query('SELECT pg_stat_statements_reset()')
  const cpuBefore = cpuOf(server)
  await pause(idleSeconds * 1_000)
  const cpuMs = cpuOf(server) - cpuBefore
  const { rows } = await client.query<{ query: string; calls: number }>(
    "SELECT query, calls::int FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY calls DESC",
  )
  return {
    statements: rows.reduce((sum, { calls }) => sum + calls, 0) / idleSeconds,
    list: rows.map(({ query, calls }) => {
      const text = query.replaceAll(/\s+/g, ' ').trim().slice(0, 110)
      return `${(calls / idleSeconds).toFixed(2)}  ${text}`
    }),
    cpuShare: cpuMs / 10 / idleSeconds,
    mebibytes: memoryOf(server),
  }
}

const cpuOf = ({ process: { pid } }: ServerProcess): number => processStat(pid ?? 0)?.cpuMs ?? Number.NaN

function memoryOf({ process: { pid } }: ServerProcess): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

interface Submitted {
  readonly runId: string
  readonly threadId: string
}

/** Submits runs that start later than the measurement ends, each on a thread of its own. */
async function submitted({ client }: ServerProcess, count: number): Promise<Submitted[]> {
  const runs: Submitted[] = []
  const submit = async (): Promise<void> => {
    while (runs.length < count) {
      const { run_id: runId, thread_id: threadId } = await client.runs.create(null, 'echo', {
        input: {},
        afterSeconds: 86_400,
      })
      runs.push({ runId, threadId })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, submit))
  return runs.slice(0, count)
}

/** Opens a stream on a connection of its own for each path. */
async function openStreams({ url }: ServerProcess, paths: readonly string[]): Promise<Socket[]> {
  const { hostname, port } = new URL(url)
  const waiting = [...paths]
  const sockets: Socket[] = []
  const open = async (): Promise<void> => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const socket = connect(Number(port), hostname)
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      socket.on('error', reject)
      socket.on('data', () => resolve())
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: text/event-stream\r\n\r\n`)
      await promise
      sockets.push(socket)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, open))
  return sockets
}
