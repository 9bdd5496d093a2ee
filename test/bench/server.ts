import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { migrate, startAgentServer } from '@hadal/cli/up/agent-server'
import { createChildren } from '@hadal/cli/up/child'
import { startDatabase } from '@hadal/cli/up/database'
import { freePort } from '@hadal/cli/up/free-port'
import { root } from '../repository-copy.ts'
import { numbers, spread, table } from './statistics.ts'

/** Duration in seconds for which the CPU time of an idle server is measured. */
const idleSeconds = 30
/** Ticks per second in /proc/<pid>/stat: 100 on every Linux that Node supports. */
const ticks = 100

/** Measures the agent server with the repository's agents on an embedded PostgreSQL: the time from start to `/ready`, and its idle memory and CPU. */
export async function server(rounds: number): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  const children = createChildren()
  try {
    const database = await startDatabase(state, process.env, children)
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      METRICS_PORT: '0',
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
  } finally {
    await children.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function atRest(pid: number): Promise<string[][]> {
  await pause(5000)
  const before = cpuTicks(pid)
  await pause(idleSeconds * 1000)
  const share = (100 * (cpuTicks(pid) - before)) / ticks / idleSeconds
  return [
    ['resident memory [MiB]', memory(pid).toFixed(0)],
    [`CPU over ${idleSeconds} s [% of a core]`, share.toFixed(2)],
  ]
}

const memory = (pid: number): number => {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** CPU ticks of a process: the fields utime (14) and stime (15), counted after the name, which may contain spaces. */
function cpuTicks(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
