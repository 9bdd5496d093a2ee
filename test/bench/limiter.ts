import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { createRedisLimiter } from '@hadal/middleware/rate-limit/redis-limiter'
import { freePorts } from '@hadal/runtime/fixtures/redis/free-ports'
import { startRedisProcess } from '@hadal/runtime/fixtures/redis/redis-process'
import { RedisConnection } from '@hadal/runtime/redis/redis-connection'
import { root } from '../repository-copy.ts'
import { numbers, spread, table } from './statistics.ts'

const run = promisify(execFile)
const callers = join(root, 'packages/runtime/src/fixtures/redis/limiter-callers.ts')
const callsARound = 2_000
const perMinute = 60
const burst = 60
/** Duration of the test that the rate limiter is exact, in milliseconds. Each process needs its first seconds to start. */
const forMs = 4_000

/** Measures the rate limiter against a plain INCR on the same connection to a Redis on loopback, and its exactness with many callers. */
export async function limiter(rounds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-bench-redis-'))
  const [port = 0] = await freePorts(1)
  const redis = await startRedisProcess(port, folder, ['--port', String(port)])
  const options = { url: `redis://127.0.0.1:${port}`, mode: 'standalone' } as const
  // Long timeouts: a pause of this machine must not count as an unavailable Redis.
  const connection = new RedisConnection({ ...options, commandMs: 5_000 })
  try {
    await connection.connected(5_000)
    const { take } = createRedisLimiter(connection.send, 'hadal:limit')
    const bucket = (name: string) => ({ name, perMinute: 1_000_000, burst: 1_000_000 })
    const one = [bucket('one')]
    const three = [bucket('address'), bucket('key'), bucket('tenant')]
    const work = {
      INCR: () => connection.send('INCR', 'hadal:count'),
      'one bucket': () => take('bench', one),
      'three buckets at once': () => take('bench', three),
    }
    const rows = Object.entries(work).map(([name, call]) => ({
      name,
      call,
      half: [] as number[],
      slow: [] as number[],
    }))
    for (const { call } of rows) await times(call)
    for (let round = 0; round < rounds; round++)
      for (const row of rows) {
        const sorted = await times(row.call)
        row.half.push(at(sorted, 0.5))
        row.slow.push(at(sorted, 0.99))
      }
    const plain = rows[0]?.half ?? []
    const ratios = rows
      .slice(1)
      .map(({ name, half }) => [
        `${name} ÷ INCR, p50`,
        ...numbers(spread(half.map((ms, index) => ms / (plain[index] ?? 0))), 2),
      ])
    const figures = rows.flatMap(({ name, half, slow }) => [
      [`${name}, p50 [ms]`, ...numbers(spread(half), 3)],
      [`${name}, p99 [ms]`, ...numbers(spread(slow), 3)],
    ])
    return [
      `Taking tokens, one call after another: ${rounds} rounds of ${callsARound} calls each`,
      '',
      table(['', 'min', 'median', 'max'], [...figures, ...ratios]),
      '',
      await exactness(connection, options),
    ].join('\n')
  } finally {
    connection.close()
    await redis.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Duration of each call of the rate limiter, in milliseconds, sorted. */
async function times(call: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let i = 0; i < callsARound; i++) {
    const begun = performance.now()
    await call()
    all.push(performance.now() - begun)
  }
  return all.sort((a, b) => a - b)
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN

async function exactness(connection: RedisConnection, options: object): Promise<string> {
  const clock = async (): Promise<number> => {
    const time = await connection.send('TIME')
    return Array.isArray(time) ? Number(time[0]) + Number(time[1]) / 1e6 : Number.NaN
  }
  const order = JSON.stringify({ options, bucket: { name: 'exact', perMinute, burst }, callers: 16, forMs })
  const begun = await clock()
  const outputs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, [callers, order])))
  const seconds = (await clock()) - begun
  const counts: { admitted: number; refused: number }[] = outputs.map(({ stdout }) => JSON.parse(stdout))
  const sum = (of: 'admitted' | 'refused'): number => counts.reduce((total, count) => total + count[of], 0)
  const allowed = burst + Math.floor((seconds * perMinute) / 60)
  return table(
    [`64 callers of 4 processes, ${perMinute} a minute, burst ${burst}, over ${seconds.toFixed(1)} s`, ''],
    [
      ['asked', String(sum('admitted') + sum('refused'))],
      ['allowed at most', String(allowed)],
      ['admitted', String(sum('admitted'))],
      ['admitted over what is allowed', String(Math.max(0, sum('admitted') - allowed))],
    ],
  )
}
