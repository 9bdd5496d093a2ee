import { within } from '@hadal/middleware/within'
import { type Claim, claimRuns, repairReadyRuns } from '../store/queries/claim-runs.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { ActiveRun, currentRun } from './active-run.ts'
import { type AttemptSettings, attempt, executeAttempt } from './execute-attempt.ts'
import { Heartbeat } from './heartbeat.ts'
import type { RunsContext } from './runs-context.ts'
import { firstAttempt, type StartedRun, startRun } from './start-run.ts'
import type { Suspects } from './suspects/suspects.ts'
import { Wake } from './wake.ts'

/** Interval in milliseconds at which a worker looks for runs in the queue even without a notification. */
const lookEveryMs = 1_000
/** Pause in milliseconds before a worker looks again for a run that another transaction held for a moment. */
const lookAgainMs = 20
/** Maximum number of threads with waiting runs that a worker looks at each time. */
const repairedAtOnce = 2_000
/** Interval in milliseconds at which a worker looks for waiting runs that are missing in `hadal.ready_run`. */
const repairEveryMs = 60_000
/** Time in milliseconds at the end of a drain that is reserved for the return of stopped runs to the queue. */
const returnWithinMs = 3_000

export interface WorkerSettings extends AttemptSettings {
  /** Maximum number of runs that the worker executes at the same time. */
  readonly concurrency: number
  /** Executes suspect runs in child processes. */
  readonly suspects: Suspects
  /** The worker claims no run before this promise resolves. */
  readonly ready?: Promise<void>
}

/** Claims runs from the queue, executes them, and renews their leases. */
export class Worker {
  readonly #context: RunsContext
  readonly #settings: WorkerSettings
  readonly #active = new Map<string, ActiveRun>()
  readonly #work = new Set<Promise<void>>()
  readonly #wake = new Wake()
  readonly #subscriptions: (() => void)[] = []
  readonly #heartbeat: Heartbeat
  #claiming: Promise<void> | undefined
  #draining = false
  #repairing: NodeJS.Timeout | undefined
  /** Last thread that was looked at for a missing row of `hadal.ready_run`. */
  #repairedTo: string | undefined

  constructor(context: RunsContext, settings: WorkerSettings) {
    this.#context = context
    this.#settings = settings
    this.#heartbeat = new Heartbeat(context, this.#active)
  }

  start(): void {
    const { notifications } = this.#context
    this.#subscriptions.push(
      notifications.subscribe({ kind: 'queued' }, this.#wake.set),
      notifications.onCancel((runId) => this.#active.get(runId)?.stop('cancel')),
    )
    this.#repairing = setInterval(() => void this.#repair(), repairEveryMs)
    this.#heartbeat.start()
    this.#claiming = this.#claim()
  }

  get activeCount(): number {
    return this.#active.size
  }

  /**
   * Stops claiming runs. Active runs stop after their current step and return to the queue. A run whose step takes too long for `withinMs` is
   * stopped in the middle of the step, and its next attempt repeats the step.
   */
  async drain(withinMs: number): Promise<void> {
    this.#draining = true
    this.#wake.set()
    const deadline = setTimeout(() => this.#stopAll(), Math.max(withinMs - returnWithinMs, 0))
    // A claim that has not finished may still add runs. #take drains them.
    for (const active of this.#active.values()) active.control.requestDrain('shutdown')
    const ended = Promise.resolve(this.#claiming).then(() => Promise.all(this.#work))
    await within(ended, withinMs)
    clearTimeout(deadline)
    this.#heartbeat.stop()
    clearInterval(this.#repairing)
    for (const unsubscribe of this.#subscriptions) unsubscribe()
  }

  #stopAll(): void {
    for (const active of this.#active.values()) active.stop('drain')
  }

  async #claim(): Promise<void> {
    const { instanceId, log, pool, tenant } = this.#context
    await this.#settings.ready
    while (!this.#draining) {
      const free = this.#settings.concurrency - this.#active.size
      let claimed = 0
      let nextLookMs = lookEveryMs
      try {
        if (free > 0) {
          const { claims, busy } = await claimRuns(pool, { tenant, instanceId, most: free })
          claimed = claims.length
          if (busy) nextLookMs = lookAgainMs
          for (const claim of claims) this.#take(claim)
        }
      } catch (error) {
        log.warn({ err: error }, 'claim_failed')
      }
      if (claimed === 0 || claimed < free) await this.#wake.wait(nextLookMs)
    }
  }

  #take({ lease, started }: Claim): void {
    const { runId } = lease
    const active = new ActiveRun(lease, () => this.#heartbeat.loss)
    if (this.#draining) active.control.requestDrain('shutdown')
    // If this worker claims a run that it still executes, the lease of the earlier attempt is lost.
    const before = this.#active.get(runId)
    before?.lose(this.#heartbeat.loss)
    this.#active.set(runId, active)
    const work = currentRun
      .run(active, () => this.#attempt(active, started && firstAttempt(started)))
      .finally(() => {
        // This worker may already execute a later attempt at the run.
        if (this.#active.get(runId) === active) this.#active.delete(runId)
        this.#work.delete(work)
        this.#wake.set()
      })
    this.#work.add(work)
  }

  /** @param first the attempt, if the claim started it */
  async #attempt(active: ActiveRun, first: StartedRun | undefined): Promise<void> {
    const { suspects } = this.#settings
    const { lease } = active
    await attempt(active, this.#context, async () => {
      const reserve = (): boolean => suspects.reserve(active)
      const started = first ?? (await retryWhileLeased(() => startRun(this.#context, lease, reserve), active))
      if (!started) return
      if (started.suspect && !started.instead) await suspects.execute(active, started)
      else await executeAttempt(this.#context, this.#settings, active, started)
    }).finally(() => suspects.release(active))
  }

  async #repair(): Promise<void> {
    try {
      this.#repairedTo = await repairReadyRuns(this.#context.pool, this.#repairedTo, repairedAtOnce)
    } catch (error) {
      this.#context.log.warn({ err: error }, 'repair_failed')
    }
  }
}
