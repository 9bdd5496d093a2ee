import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { StepFault } from '../agents/work.ts'
import { type ChaosFault, startChaos } from './chaos.ts'
import { createFaultDatabase } from './fault-database.ts'
import { type AcceptedRun, allOver, brokenPromises, effectsOf } from './oracle.ts'
import { type Random, seededRandom } from './random.ts'
import { startRestartablePostgres } from './restartable-postgres.ts'
import { submitForSure } from './submit-for-sure.ts'
import { type SupervisedServer, superviseServer } from './supervised-server.ts'
import { faultAgents } from './use-ground.ts'

export interface StormSettings {
  readonly seed: number
  readonly runs: number
  readonly servers: number
  readonly killEveryMs: number
  /** Number of runs in the storm that kill every process that executes them. */
  readonly poisons: number
  /** Maximum time from the last fault of the storm until all runs have ended, in milliseconds. */
  readonly settleMs: number
}

export interface StormReport {
  readonly brokenPromises: readonly string[]
  readonly faults: Readonly<Partial<Record<ChaosFault, number>>>
  /** Number of processes that the supervisors started. */
  readonly processes: number
  /** Number of step executions that were repeated after a fault. */
  readonly repeatedSteps: number
  readonly seconds: number
}

interface StormRun {
  readonly steps: number
  readonly pauseMs: number
  readonly fault?: StepFault
}

/**
 * A random run of the storm: mostly short steps, some long steps, and some that block the event loop for longer than the lease in their first
 * attempt.
 */
function drawRun(random: Random, poison: boolean): StormRun {
  const steps = random.whole(2, 8)
  if (poison) return { steps, pauseMs: 200, fault: { step: random.whole(1, steps), kind: 'exit' } }
  const kind = random.whole(1, 20)
  if (kind === 1) return { steps: 2, pauseMs: 5_000 }
  if (kind === 2) return { steps, pauseMs: 200, fault: { step: 2, kind: 'block', blockMs: 12_000, attemptsBelow: 1 } }
  return { steps, pauseMs: random.whole(50, 800) }
}

/**
 * Submits runs evenly over time to servers that are killed, paused and restarted together with their database, and then checks the
 * guarantees.
 */
export async function storm(settings: StormSettings): Promise<StormReport> {
  const random = seededRandom(settings.seed)
  const started = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'hadal-storm-'))
  const postgres = await startRestartablePostgres()
  const servers: SupervisedServer[] = []
  try {
    const url = await createFaultDatabase(postgres.url)
    const variables = { DATABASE_URL: url, AGENTS_CONFIG: faultAgents }
    const mayEnd = settings.poisons > 0
    for (let count = 0; count < settings.servers; count += 1) servers.push(await superviseServer({ variables, mayEnd }))
    const [first, ...others] = servers
    if (!first) throw new Error('A storm needs at least one server.')
    const wanted = Array.from({ length: settings.runs }, (_, index) => drawRun(random, isPoison(settings, index)))
    // Separate generators: the number of requests of a client depends on timing, and must not change the sequence of faults.
    const chaos = startChaos([first, ...others], postgres, seededRandom(settings.seed + 1), settings.killEveryMs)
    const servedBy = seededRandom(settings.seed + 2)
    const runs = await submitAll(wanted, settings, folder, () => servedBy.pick([first, ...others]).current.client)
    await chaos.stop()
    await allOver(url, runs, settings.settleMs)
    const processes = servers.flatMap(({ lives }) => lives)
    return {
      brokenPromises: [
        ...(await brokenPromises(url, runs, processes)),
        ...servers.flatMap(({ unexpectedEnds }) => unexpectedEnds),
      ],
      faults: chaos.counts,
      processes: processes.length,
      repeatedSteps: runs.reduce((sum, run) => sum + repeated(run), 0),
      seconds: Math.round((performance.now() - started) / 1_000),
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    await postgres.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Distributes the runs of the storm that kill their process evenly over all runs. */
const isPoison = ({ runs, poisons }: StormSettings, index: number): boolean =>
  poisons > 0 && index % Math.floor(runs / poisons) === 1

async function submitAll(
  wanted: readonly StormRun[],
  { runs, killEveryMs }: StormSettings,
  folder: string,
  client: Parameters<typeof submitForSure>[0],
): Promise<AcceptedRun[]> {
  /** Submits ten runs per fault. */
  const everyMs = killEveryMs / 10
  const accepted: Promise<AcceptedRun>[] = []
  for (const [index, { steps, pauseMs, fault }] of wanted.entries()) {
    const file = join(folder, `effects-${index}`)
    const input = { file, steps, pauseMs, ...(fault ? { fault } : {}) }
    const poison = fault?.kind === 'exit'
    accepted.push(
      submitForSure(client, 'work', input).then((ids) => ({
        ...ids,
        file,
        ...(poison ? { ends: 'error', error: 'RunKilledItsProcess' } : { ends: 'success', steps }),
      })),
    )
    if (index + 1 < runs) await pause(everyMs)
  }
  return Promise.all(accepted)
}

function repeated(run: AcceptedRun): number {
  const effects = effectsOf(run)
  return effects.length - new Set(effects.map(({ step }) => step)).size
}
