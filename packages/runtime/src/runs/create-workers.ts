import { ApprovalExpiry } from './approvals/approval-expiry.ts'
import { DeathWatch } from './death-watch.ts'
import type { OpenRuns } from './open-runs.ts'
import { createRemovals } from './retention/create-removals.ts'
import { createRetentionMetrics } from './retention/retention-metrics.ts'
import type { RetentionSettings } from './retention/retention-settings.ts'
import { Sweeper } from './retention/sweeper.ts'
import type { SuspectProgram } from './suspects/suspect-child.ts'
import { Suspects } from './suspects/suspects.ts'
import { Worker } from './worker.ts'

export interface WorkerOptions {
  /** Maximum number of runs that this process executes at the same time. */
  readonly concurrency: number
  /** How long a person can answer an approval, in seconds. */
  readonly approvalExpirySeconds: number
  /** Program of the child process that executes a suspect run (one that may have killed its processes). */
  readonly program: SuspectProgram
  /** How long data stays in the database. */
  readonly retention: RetentionSettings
}

export interface Workers {
  start(): void
  /** Stops claiming runs, and waits up to `withinMs` milliseconds until no run is active in this process. */
  drain(withinMs: number): Promise<void>
  close(): void
}

/** Creates the background tasks of a process that executes runs: the worker, the death watch, the expiry of approvals, and the sweeper. */
export function createWorkers(
  { attempts, context, instance, loops, metrics }: OpenRuns,
  options: WorkerOptions,
): Workers {
  const deathWatch = new DeathWatch(context, loops, instance, (work) => worker.looked(work))
  const approvalExpiry = new ApprovalExpiry(context, loops, options.approvalExpirySeconds)
  const { removed, failed } = createRetentionMetrics(metrics.registry, loops.pool, options.retention)
  const sweeper = new Sweeper({
    removals: createRemovals(loops.pool, options.retention),
    everyMs: options.retention.sweepEveryMs,
    log: context.log,
    onRemoved: removed,
    onError: failed,
  })
  const suspects = new Suspects({ ...attempts, program: options.program, onDeath: metrics.suspectDied })
  const worker = new Worker(context, {
    ...attempts,
    loops,
    concurrency: options.concurrency,
    suspects,
    ready: deathWatch.settled,
  })
  return {
    start() {
      // Through a connection pooler, instances can't see each other's locks, so they can't detect deaths.
      if (instance.behindPooler) deathWatch.stop()
      else deathWatch.start()
      worker.start()
      approvalExpiry.start()
      sweeper.start()
    },
    async drain(withinMs) {
      // A worker that has not claimed yet waits for the death watch: stopping the watch ends that wait.
      deathWatch.stop()
      await Promise.all([approvalExpiry.stop(), sweeper.stop(), worker.drain(withinMs)])
    },
    close: () => deathWatch.stop(),
  }
}
