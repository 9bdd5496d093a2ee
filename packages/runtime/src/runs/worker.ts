import { within } from '@hadal/middleware/within'
import type { Job } from 'pg-boss'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { runQueue } from '../store/run-queue.ts'
import { ActiveRun, currentRun } from './active-run.ts'
import { type AttemptSettings, attempt, executeAttempt } from './execute-attempt.ts'
import { Heartbeat } from './heartbeat.ts'
import type { RunsContext } from './runs-context.ts'
import { startRun } from './start-run.ts'
import type { Suspects } from './suspects/suspects.ts'
import { Wake } from './wake.ts'

/** Interval in milliseconds at which a worker looks for runs in the queue even without a notification. */
const lookEveryMs = 1_000
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
    for (const unsubscribe of this.#subscriptions) unsubscribe()
  }

  #stopAll(): void {
    for (const active of this.#active.values()) active.stop('drain')
  }

  async #claim(): Promise<void> {
    const { boss, log } = this.#context
    await this.#settings.ready
    while (!this.#draining) {
      const free = this.#settings.concurrency - this.#active.size
      let claimed = 0
      try {
        const jobs = free > 0 ? await boss.fetch<{ threadId: string }>(runQueue, { batchSize: free }) : []
        claimed = jobs.length
        for (const job of jobs) this.#take(job)
      } catch (error) {
        log.warn({ err: error }, 'claim_failed')
      }
      if (claimed === 0 || claimed < free) await this.#wake.wait(lookEveryMs)
    }
  }

  #take(job: Job<{ threadId: string }>): void {
    const active = new ActiveRun(
      { runId: job.id, threadId: job.data.threadId, attempt: job.retryCount },
      () => this.#heartbeat.loss,
    )
    if (this.#draining) active.control.requestDrain('shutdown')
    // If this worker claims a run that it still executes, the lease of the earlier attempt is lost.
    const before = this.#active.get(job.id)
    before?.lose(this.#heartbeat.loss)
    this.#active.set(job.id, active)
    const work = currentRun
      .run(active, () => this.#attempt(active))
      .finally(() => {
        // This worker may already execute a later attempt at the run.
        if (this.#active.get(job.id) === active) this.#active.delete(job.id)
        this.#work.delete(work)
        this.#wake.set()
      })
    this.#work.add(work)
  }

  async #attempt(active: ActiveRun): Promise<void> {
    const { suspects } = this.#settings
    const { lease } = active
    await attempt(active, this.#context, async () => {
      const reserve = (): boolean => suspects.reserve(active)
      const started = await retryWhileLeased(() => startRun(this.#context, lease, reserve), active)
      if (!started) return
      if (started.suspect && !started.instead) await suspects.execute(active, started)
      else await executeAttempt(this.#context, this.#settings, active, started)
    }).finally(() => suspects.release(active))
  }
}
