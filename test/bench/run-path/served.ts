import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { clientOf } from '@hadal/runtime/fixtures/start-test-server'
import type { Client } from '@langchain/langgraph-sdk'
import { spread } from '../statistics.ts'

/** A server under measurement, in a process of its own. */
export interface Served {
  readonly client: Client
  readonly url: string
  /** Process id of the server. */
  readonly pid: number
  readonly graph: string
  end(): Promise<void>
}

/** Starts a program that prints its port on a line of its own when it listens. */
export async function serveProgram(program: string, args: readonly string[], graph: string): Promise<Served> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await ended
  }
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/^\d+$/.test(line)) resolve(Number(line))
  })
  void ended.then(([status]) => reject(new Error(`${program} ended with ${status}.`)))
  const url = `http://127.0.0.1:${await promise}`
  return { client: clientOf(url), url, pid: child.pid ?? Number.NaN, graph, end }
}

const request = { input: { messages: [{ role: 'user', content: 'hello' }] } }

/** Starts Hadal's server on a migrated database. */
export async function serveHadal(variables: Readonly<Record<string, string>>, graph: string): Promise<Served> {
  const server = await startServerProcess(variables)
  const { client, url, process: child } = server
  return { client, url, pid: child.pid ?? Number.NaN, graph, end: async () => void (await server.end('SIGKILL')) }
}

/** Creates a thread and waits for one run on it. */
export async function oneRun({ client, graph }: Served): Promise<void> {
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, graph, request)
}

/** Milliseconds from the request of a stream to its first event, and to the first event that has values of the graph. */
export interface FirstEvents {
  readonly any: number
  readonly values: number
}

/** Streams runs on new threads one after another. @returns the medians of their first events */
export async function medianFirstEvents({ client, graph }: Served, runs: number): Promise<FirstEvents> {
  const any: number[] = []
  const values: number[] = []
  for (let run = 0; run < runs; run++) {
    const { thread_id } = await client.threads.create()
    const started = performance.now()
    const seen = new Set<string>()
    for await (const { event } of client.runs.stream(thread_id, graph, { ...request, streamMode: 'values' })) {
      if (seen.size === 0) any.push(performance.now() - started)
      if (event === 'values' && !seen.has(event)) values.push(performance.now() - started)
      seen.add(event)
    }
  }
  return { any: spread(any).median, values: spread(values).median }
}

/** Median duration in milliseconds of runs one after another. */
export async function medianRun(served: Served, runs: number): Promise<number> {
  const durations: number[] = []
  for (let run = 0; run < runs; run++) {
    const started = performance.now()
    await oneRun(served)
    durations.push(performance.now() - started)
  }
  return spread(durations).median
}

/** Runs per second of `clients` clients, of which each executes `runs` runs. */
export async function throughput(served: Served, clients: number, runs: number): Promise<number> {
  const started = performance.now()
  const busy = async (): Promise<void> => {
    for (let run = 0; run < runs; run++) await oneRun(served)
  }
  await Promise.all(Array.from({ length: clients }, busy))
  return (1_000 * clients * runs) / (performance.now() - started)
}
