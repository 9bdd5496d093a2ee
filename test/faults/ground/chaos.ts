import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from './random.ts'
import type { RestartablePostgres } from './restartable-postgres.ts'
import type { SupervisedServer } from './supervised-server.ts'

const faults = ['kill', 'kill', 'kill', 'kill', 'terminate', 'pause', 'restart', 'crash', 'outage'] as const
export type ChaosFault = (typeof faults)[number]

/** Duration of a server's pause by SIGSTOP, in milliseconds. It is longer than a worker's lease. */
const pauseMs = 12_000
const outageMs = 2_000

export interface Chaos {
  /** Number of faults so far, by kind. */
  readonly counts: Readonly<Partial<Record<ChaosFault, number>>>
  /** Stops the faults, and waits until every server and the database are available again. */
  stop(): Promise<void>
}

/** Causes a fault every `everyMs` milliseconds. The first fault is kill -9. */
export function startChaos(
  servers: readonly [SupervisedServer, ...SupervisedServer[]],
  postgres: RestartablePostgres,
  random: Random,
  everyMs: number,
): Chaos {
  const counts: Partial<Record<ChaosFault, number>> = {}
  const stopped = new AbortController()
  const underWay = new Set<Promise<void>>()
  const occupied = new Set<SupervisedServer>()

  async function happen(fault: ChaosFault, server: SupervisedServer): Promise<void> {
    if (fault === 'kill') await server.replace('SIGKILL')
    else if (fault === 'terminate') await server.replace('SIGTERM')
    else if (fault === 'pause') await server.pauseFor(pauseMs)
    else {
      await postgres.stop(fault === 'crash' ? 'SIGKILL' : fault === 'restart' ? 'SIGQUIT' : 'SIGINT')
      if (fault === 'outage') await pause(outageMs)
      await postgres.start()
    }
  }
  async function cause(): Promise<void> {
    let fault: ChaosFault = 'kill'
    while (!stopped.signal.aborted) {
      const server = random.pick(servers)
      // A server that is paused or restarts already has a fault.
      if (!occupied.has(server)) {
        occupied.add(server)
        counts[fault] = (counts[fault] ?? 0) + 1
        const work = happen(fault, server).finally(() => {
          occupied.delete(server)
          underWay.delete(work)
        })
        underWay.add(work)
        // PostgreSQL has one fault at a time.
        if (fault === 'restart' || fault === 'crash' || fault === 'outage') await work
      }
      fault = random.pick(faults)
      await pause(everyMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
  }
  const causing = cause()
  return {
    counts,
    async stop() {
      stopped.abort()
      await causing
      await Promise.all(underWay)
    },
  }
}
