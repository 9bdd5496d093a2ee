import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import type { AgentPlatform } from '@hadal/runtime/agents/agent-platform'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { startRedisProcess } from '@hadal/runtime/fixtures/redis/redis-process'
import { createMetrics } from '@hadal/runtime/metrics/create-metrics'
import { observeRun } from '@hadal/runtime/runs/observe-run'
import { createRedactor } from '@hadal/runtime/secrets/create-redactor'
import { startServer } from '@hadal/runtime/server'
import { createSpending } from '@hadal/runtime/spending/create-spending'
import { migrate } from '@hadal/runtime/store/migrate'
import { pino } from 'pino'
import { environment } from './environment.ts'
import { figures } from './figures.ts'
import { type BenchAgent, benchAgents, modelCalls } from './model-call-agents.ts'
import { table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

/** Number of runs before the measured ones. They warm up compilers and connection pools. */
const warmRuns = 8

/** Settings of the agent server that are measured. Each includes the settings before it. */
const settings: readonly {
  readonly name: string
  readonly redis: boolean
  readonly variables: Record<string, string>
}[] = [
  { name: 'the stack, without budgets and Redis', redis: false, variables: {} },
  {
    name: 'and hard budgets of a run, a thread and a day',
    redis: false,
    variables: {
      BUDGET_RUN_TOKENS: '900000000',
      BUDGET_THREAD_USD: '900000',
      BUDGET_TENANT_DAY_TOKENS: '900000000000',
    },
  },
  {
    name: 'and Redis: the cache (always a miss), the rate limit',
    redis: true,
    variables: {
      BUDGET_RUN_TOKENS: '900000000',
      BUDGET_THREAD_USD: '900000',
      BUDGET_TENANT_DAY_TOKENS: '900000000000',
      CACHE_TTL_SECONDS: '3600',
      REQUEST_LIMIT_PER_MINUTE: '1000000',
      REQUEST_LIMIT_BURST: '1000000',
    },
  },
]

/**
 * Measures the time that the production stack adds to a model call: a plain deep agent and a Hadal agent with the same model, which answers at once,
 * and the same tool run in turns in one process. The time from one model call to the next includes everything between them:
 * hooks, observers, logs and PostgreSQL. No checkpoints are written, because they are not part of the stack.
 *
 * @param runs number of runs per kind of agent, with several model calls each
 */
export async function modelCall(runs: number): Promise<string> {
  const rows: string[][] = []
  let whole = Number.NaN
  await withDatabase(async ({ database, state }) => {
    await migrate(database.url)
    for (const setting of settings) {
      if (setting.redis && !(environment.PATH ?? '').split(delimiter).some(hasRedis)) {
        rows.push([`${setting.name}: no redis-server here`])
        continue
      }
      const { plain, stacked } = await measure(setting, database.url, state, runs)
      const added = (part: number): string => percentileAdded(stacked, plain, part).toFixed(2)
      rows.push(row('a plain deep agent, beside it', plain))
      rows.push([...row(setting.name, stacked), added(0.5), added(0.99), (stacked.cpuMs - plain.cpuMs).toFixed(2)])
      whole = percentileAdded(stacked, plain, 0.5)
    }
  })
  return [
    figures([
      {
        name: 'whole stack, with budgets and Redis: p50 added to a model call [ms]',
        value: whole,
        asked: 1.5,
        aim: 1,
        better: 'lower',
        digits: 2,
      },
    ]),
    '',
    `From one call of a model to the next, ${runs} runs of ${modelCalls} calls each, in milliseconds`,
    '',
    table(['', 'p50', 'p99', 'CPU', 'p50 added', 'p99 added', 'CPU added'], rows),
  ].join('\n')
}

/** Times from one model call to the next, and CPU time of this process per model call, in milliseconds. */
interface Sample {
  readonly times: number[]
  cpuMs: number
}

const row = (title: string, { times, cpuMs }: Sample): string[] => [
  title,
  percentile(times, 0.5).toFixed(2),
  percentile(times, 0.99).toFixed(2),
  cpuMs.toFixed(2),
]

const percentileAdded = (stacked: Sample, plain: Sample, part: number): number =>
  percentile(stacked.times, part) - percentile(plain.times, part)

const hasRedis = (folder: string): boolean => existsSync(join(folder, 'redis-server'))

async function measure(
  { redis, variables }: (typeof settings)[number],
  databaseUrl: string,
  state: string,
  runs: number,
): Promise<{ readonly plain: Sample; readonly stacked: Sample }> {
  const [port = 0] = redis ? await freePorts(1) : []
  const running = redis ? await startRedisProcess(port, state, ['--port', String(port)]) : undefined
  const parsed = parseContainerVariables(
    {
      DATABASE_URL: databaseUrl,
      PORT: '0',
      METRICS_PORT: '0',
      HOST: '127.0.0.1',
      // The server executes no runs: the benchmark calls the agents directly.
      ROLE: 'api',
      DATABASE_PREPARED_STATEMENTS: 'on',
      DRAIN_SERVE_SECONDS: '0',
      ...(running ? { REDIS_URL: `redis://127.0.0.1:${port}` } : {}),
      ...variables,
    },
    () => '',
  )
  const log = pino({ level: 'info', base: {} }, pino.destination('/dev/null'))
  let agents: { plain: BenchAgent; stacked: BenchAgent } | undefined
  let platform: AgentPlatform | undefined
  const server = await startServer(
    parsed,
    async (lent) => {
      platform = lent
      agents = benchAgents(lent)
      return new Map()
    },
    log,
  )
  try {
    if (!agents || !platform) throw new Error('The server did not load the agents.')
    const { pool } = platform
    const metrics = createMetrics(pool, pool)
    const spending = createSpending(parsed, pool, pool, metrics.registry, log)
    const observe = observeRun({
      log,
      metrics,
      redactor: createRedactor([]),
      tracing: undefined,
      spending,
    })
    const samples: { plain: Sample; stacked: Sample } = {
      plain: { times: [], cpuMs: 0 },
      stacked: { times: [], cpuMs: 0 },
    }
    for (let run = 0; run < warmRuns + runs; run++) {
      for (const kind of ['plain', 'stacked'] as const) {
        const [threadId, runId] = [randomUUID(), randomUUID()]
        await pool.query('INSERT INTO hadal.thread (thread_id) VALUES ($1)', [threadId])
        await pool.query(
          `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request)
           VALUES ($1, $2, 'bench', gen_random_uuid(), 'enqueue', '{}')`,
          [runId, threadId],
        )
        await pool.query(
          "INSERT INTO pgboss.job (name, id, state, retry_count, singleton_key) VALUES ('run', $1, 'active', 0, $2)",
          [runId, threadId],
        )
        const watched = observe({ runId, threadId, tenant: 'default', graphId: 'bench', attempt: 1 })
        const configurable = { thread_id: threadId, run_id: runId, run_attempt: 0 }
        // A plain agent has no observers.
        const callbacks = kind === 'stacked' ? [...watched.callbacks] : []
        const cpuBefore = process.cpuUsage()
        const times = await agents[kind](randomUUID(), { configurable, callbacks })
        await watched.end()
        const { user, system } = process.cpuUsage(cpuBefore)
        if (run < warmRuns) continue
        samples[kind].times.push(...times)
        samples[kind].cpuMs += (user + system) / 1_000 / modelCalls / runs
      }
    }
    return samples
  } finally {
    await server.drain()
    await running?.kill()
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? Number.NaN
}
