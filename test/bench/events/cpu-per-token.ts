import { setTimeout as pause } from 'node:timers/promises'
import { processStat } from '../process-stat.ts'
import type { Served } from '../run-path/served.ts'
import { streamAnswer } from './stream-answer.ts'

/** Number of concurrent streams, and tokens per second of each. */
export const streams = 50
export const tokensPerSecond = 25

/** Seconds from the start of the streams to the measurement, of the measurement, and from there to their end. */
const startSeconds = 3
const measuredSeconds = 20
const endSeconds = 2

/** CPU time in milliseconds per token that arrived at a client, and tokens per second of all clients. */
export interface TokenCost {
  readonly server: number
  readonly database: number
  readonly perSecond: number
}

/**
 * Measures the CPU time per token while many answers stream, without the starts and ends of the runs.
 *
 * @param databaseCpuMs returns the CPU time of the server's database; absent if it has none
 */
export async function cpuPerToken(served: Served, databaseCpuMs?: () => Promise<number>): Promise<TokenCost> {
  let arrived = 0
  const answer = {
    tokens: tokensPerSecond * (startSeconds + measuredSeconds + endSeconds),
    perSecond: tokensPerSecond,
    streamMode: ['messages-tuple'],
  } as const
  const onEvent = (name: string): void => {
    if (name === 'messages') arrived += 1
  }
  const all = Promise.all(Array.from({ length: streams }, () => streamAnswer(served, answer, onEvent)))
  const reading = async () => ({
    arrived,
    server: processStat(served.pid)?.cpuMs ?? Number.NaN,
    database: (await databaseCpuMs?.()) ?? 0,
    time: performance.now(),
  })
  const measured = (async () => {
    await pause(startSeconds * 1_000)
    const before = await reading()
    await pause(measuredSeconds * 1_000)
    return { before, after: await reading() }
  })()
  const [{ before, after }] = await Promise.all([measured, all])
  const tokens = after.arrived - before.arrived
  return {
    server: (after.server - before.server) / tokens,
    database: (after.database - before.database) / tokens,
    perSecond: (1_000 * tokens) / (after.time - before.time),
  }
}
