import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@hadal/cli/up/free-port'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { migrate } from '@hadal/runtime/store/migrate'
import { z } from 'zod'
import { spread, table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

const megabytes = 4_000_000
const prose = 'The order was shipped on Monday, and the customer says that all is well. See page 12.\n'
const filled = (length: number): string => prose.repeat(Math.ceil(length / prose.length)).slice(0, length)
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** User messages of the benchmark, by a description of their content. The model calls the tool for the page that the message names. */
const messages: Readonly<Record<string, unknown>> = {
  'nothing: at rest': undefined,
  '4 MB of prose': `page: weather\n${filled(megabytes)}`,
  '4 MB of base64 in base64 in base64': `page: weather\n${base64(base64(base64(filled((megabytes * 27) / 64))))}`,
  '3.9 MB of an image': [
    { type: 'text', text: 'page: weather' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${randomBytes(2_900_000).toString('base64')}` } },
  ],
  'a tool that returns 5 MB': 'page: long',
}

interface Measured {
  readonly blocked: number
  readonly p50: number
  readonly p99: number
}

/**
 * Measures how long the event loop of an agent server was blocked, and how long `/health` took, while it received large texts: with input
 * validation, and without it for comparison. A timer of the server measures the blocked time. It fires every 10 ms, so 10 ms are always included.
 *
 * @param rounds number of consecutive runs per kind of text
 */
export async function blocked(rounds: number): Promise<string> {
  return withDatabase(async ({ database }) => {
    await migrate(database.url)
    const on = await measureServer(database.url, 'block', rounds)
    const off = await measureServer(database.url, 'off', rounds)
    const rows = Object.entries(messages).map(([name, content]) => {
      const [a, b] = [on.get(name), off.get(name)]
      if (!a || !b) throw new Error(`${name} was not measured.`)
      const peer = content === undefined ? [] : [parsedAndWritten(bodyOf(content)).toFixed(0)]
      return [name, ...cells(a), ...cells(b), (a.blocked / b.blocked).toFixed(1), (a.p99 / b.p99).toFixed(1), ...peer]
    })
    const head = ['', 'blocked', 'p50', 'p99', 'off: blocked', 'p50', 'p99', 'ratio', 'of p99', 'JSON']
    return [
      `Longest blocked interval of the event loop and /health, ${rounds} runs of each kind, in milliseconds. Ratios: validation on to off. JSON: parsing and writing that body`,
      '',
      table(head, rows),
    ].join('\n')
  })
}

const cells = ({ blocked, p50, p99 }: Measured): string[] => [blocked.toFixed(0), p50.toFixed(1), p99.toFixed(1)]

const bodyOf = (content: unknown): string =>
  JSON.stringify({ assistant_id: 'reader', input: { messages: [{ role: 'user', content }] } })

/** Duration of one JSON.parse and one JSON.stringify of a body in milliseconds: the median of nine. */
function parsedAndWritten(body: string): number {
  const times = Array.from({ length: 9 }, () => {
    const started = performance.now()
    JSON.stringify(JSON.parse(body))
    return performance.now() - started
  })
  return spread(times).median
}

async function measureServer(databaseUrl: string, validation: string, rounds: number): Promise<Map<string, Measured>> {
  const metricsPort = await freePort()
  const server = await startServerProcess({
    DATABASE_URL: databaseUrl,
    VALIDATION: validation,
    METRICS_PORT: String(metricsPort),
    // The image has 3.9 MB, to which the field names are added.
    BODY_LIMIT_BYTES: '8000000',
  })
  try {
    const lag = async (): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return 1_000 * Number(/^nodejs_eventloop_lag_max_seconds(?:\{.*\})? (\S+)$/m.exec(text)?.[1])
    }
    const measured = new Map<string, Measured>()
    // Warms up compilers and pools.
    for (const content of ['page: weather', filled(100_000)]) await run(server.url, bodyOf(content))
    for (const [name, content] of Object.entries(messages)) {
      const asking = askHealth(server.url)
      // Each reading begins a new interval.
      await lag()
      for (let round = 0; round < rounds; round += 1) {
        if (content === undefined) await pause(1_000)
        else await run(server.url, bodyOf(content))
      }
      measured.set(name, { blocked: await lag(), ...(await asking.end()) })
    }
    return measured
  } finally {
    await server.end('SIGTERM')
  }
}

/** Fields of the server's responses that the benchmark reads. */
const Answer = z.object({
  thread_id: z.string().optional(),
  run_id: z.string().optional(),
  status: z.string().optional(),
})
type Answer = z.infer<typeof Answer>

/** Executes a run until it is over. @throws Error if it does not succeed */
async function run(url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answerOf = async (path: string, sent?: string): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, sent === undefined ? {} : { method: 'POST', headers, body: sent })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return Answer.parse(await response.json())
  }
  const path = `/threads/${(await answerOf('/threads', '{}')).thread_id}/runs`
  const { run_id } = await answerOf(path, body)
  for (;;) {
    const { status } = await answerOf(`${path}/${run_id}`)
    if (status === 'success') return
    if (status !== 'pending' && status !== 'running')
      throw new Error(`Run ${run_id} ended with the status ${status} instead of success.`)
    await pause(50)
  }
}

/** Requests `/health` every 5 ms on one connection until `end` is called, which returns the latencies. */
function askHealth(url: string): { end(): Promise<Omit<Measured, 'blocked'>> } {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  let on = true
  const asked = (async () => {
    while (on) {
      const started = performance.now()
      await new Promise((resolve, reject) => {
        const asking = request(`${url}/health`, { agent }, (response) => response.resume().once('end', resolve))
        asking.once('error', reject).end()
      })
      times.push(performance.now() - started)
      await pause(5)
    }
    agent.destroy()
  })()
  return {
    async end() {
      on = false
      await asked
      const sorted = times.toSorted((a, b) => a - b)
      const part = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
      return { p50: part(0.5), p99: part(0.99) }
    },
  }
}
