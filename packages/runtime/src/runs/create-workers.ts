import { ApprovalExpiry } from './approvals/approval-expiry.ts'
import { DeathWatch } from './death-watch.ts'
import type { OpenRuns } from './open-runs.ts'
import type { SuspectProgram } from './suspects/suspect-child.ts'
import { Suspects } from './suspects/suspects.ts'
import { Worker } from './worker.ts'

export interface WorkerOptions {
  /** Maximum of runs at the same time. */
  readonly concurrency: number
  /** How long a person can answer a question, in seconds. */
  readonly approvalExpirySeconds: number
  /** The program of the child process that executes a suspect. */
  readonly program: SuspectProgram
}

export interface Workers {
  start(): void
  /** Claims nothing more, and resolves when no run is under way here. */
  drain(withinMs: number): Promise<void>
  close(): void
}

/** Everything that works on runs without a request: the worker, the watch for dead instances, and the expiry of approvals. */
export function createWorkers({ attempts, context, instance, metrics }: OpenRuns, options: WorkerOptions): Workers {
  const deathWatch = new DeathWatch(context, instance)
  const approvalExpiry = new ApprovalExpiry(context, options.approvalExpirySeconds)
  const suspects = new Suspects(context, { ...attempts, program: options.program, onDeath: metrics.suspectDied })
  const worker = new Worker(context, {
    ...attempts,
    concurrency: options.concurrency,
    suspects,
    ready: deathWatch.settled,
  })
  return {
    start() {
      // Behind a pooler no instance can see whether another one lives.
      if (instance.behindPooler) deathWatch.stop()
      else deathWatch.start()
      worker.start()
      approvalExpiry.start()
    },
    async drain(withinMs) {
      // A worker that has not begun yet waits for the watch.
      deathWatch.stop()
      await Promise.all([approvalExpiry.stop(), worker.drain(withinMs)])
    },
    close: () => deathWatch.stop(),
  }
}
