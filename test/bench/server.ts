import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate, startAgentServer } from '@hadal/cli/up/agent-server'
import { freePort } from '@hadal/cli/up/free-port'
import { root } from '../repository-copy.ts'
import { environment } from './environment.ts'
import { processStat } from './process-stat.ts'
import { numbers, spread, table } from './statistics.ts'
import { withDatabase } from './with-database.ts'

/** Duration in seconds for which the CPU time of an idle server is measured. */
const idleSeconds = 30

/** Measures the agent server with the repository's agents on an embedded PostgreSQL: the time from start to `/ready`, and its idle memory and CPU. */
export async function server(rounds: number): Promise<string> {
  return withDatabase(async ({ state, database, children }) => {
    const env = {
      ...environment,
      DATABASE_URL: database.url,
      METRICS_PORT: '0',
      HOST: '127.0.0.1',
      AGENTS_CONFIG: join(root, 'packages/agents/langgraph.json'),
      DOCUMENTS_FOLDER: join(root, 'docs'),
      REQUEST_LIMIT_PER_MINUTE: '0',
      DRAIN_SERVE_SECONDS: '0',
      DRAIN_SECONDS: '10',
    }
    const order = { root, state, env, children }
    await migrate(order)
    const starts: number[] = []
    let idle: string[][] = []
    for (let round = 0; round < rounds; round++) {
      const port = await freePort()
      const started = performance.now()
      const { child } = await startAgentServer(order, port)
      starts.push(performance.now() - started)
      if (round === rounds - 1) idle = await atRest(child.process.pid ?? 0)
      child.process.kill('SIGTERM')
      await child.ended
    }
    return [
      `The agent server over an embedded PostgreSQL, ${rounds} starts`,
      '',
      table(['', 'min', 'median', 'max'], [['start to /ready [ms], asked every 50 ms', ...numbers(spread(starts), 0)]]),
      '',
      table(['at rest', ''], idle),
    ].join('\n')
  })
}

async function atRest(pid: number): Promise<string[][]> {
  await pause(5000)
  const before = cpuMs(pid)
  await pause(idleSeconds * 1000)
  const share = (100 * (cpuMs(pid) - before)) / 1000 / idleSeconds
  return [
    ['resident memory [MiB]', memory(pid).toFixed(0)],
    [`CPU over ${idleSeconds} s [% of a core]`, share.toFixed(2)],
  ]
}

const memory = (pid: number): number => {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

const cpuMs = (pid: number): number => processStat(pid)?.cpuMs ?? Number.NaN
