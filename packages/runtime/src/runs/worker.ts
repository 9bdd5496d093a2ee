import type { Job } from 'pg-boss'
import { deleteThreads, expiredTemporaryThreads } from '../store/queries/delete-threads.ts'
import { renewLeases } from '../store/queries/renew-leases.ts'
import { deleteDeadReservations } from '../store/queries/spending.ts'
import { type Lease, leaseSeconds, runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import { ActiveRun } from './active-run.ts'
import { type AttemptSettings, attempt, executeAttempt } from './execute-attempt.ts'
import type { RunsContext } from './runs-context.ts'
import { startRun } from './start-run.ts'
import type { Suspects } from './suspects/suspects.ts'
import { Wake } from './wake.ts'

/** A worker is told of new runs; it looks on its own for those that were left behind. */
const lookEveryMs = 1_000
const beatEveryMs = 2_000
/** The database may hang; a lease that isn't renewed is as good as lost. */
const renewWithinMs = 4_000
const sweepEveryMs = 60_000
/** How long runs that were stopped may take to be given back at the end of a drain. */
const returnWithinMs = 3_000

export interface WorkerSettings extends AttemptSettings {
  /** Runs at the same time. */
  readonly concurrency: number
  /** Executes runs that may kill their process. */
  readonly suspects: Suspects
}

/** Claims runs, works on them, and keeps their leases alive. */
export class Worker {
  readonly #context: RunsContext
  readonly #settings: WorkerSettings
  readonly #active = new Map<string, ActiveRun>()
  readonly #work = new Set<Promise<void>>()
  readonly #wake = new Wake()
  readonly #timers: NodeJS.Timeout[] = []
  readonly #subscriptions: (() => void)[] = []
  #claiming: Promise<void> | undefined
  #draining = false
  #beating = false
  #lastBeat = Date.now()

  constructor(context: RunsContext, settings: WorkerSettings) {
    this.#context = context
    this.#settings = settings
  }

  start(): void {
    const { notifications } = this.#context
    this.#subscriptions.push(
      notifications.subscribe({ kind: 'queued' }, this.#wake.set),
      notifications.onCancel((runId) => this.#active.get(runId)?.stop('cancel')),
    )
    this.#timers.push(
      setInterval(() => void this.#beat(), beatEveryMs),
      setInterval(() => void this.#sweep(), sweepEveryMs),
    )
    this.#claiming = this.#claim()
  }

  get activeCount(): number {
    return this.#active.size
  }

  /**
   * Claims nothing more; runs stop at their next step and go back to the queue. Those whose step takes longer than the time given are
   * stopped in it, and repeat it elsewhere.
   */
  async drain(withinMs: number): Promise<void> {
    this.#draining = true
    this.#wake.set()
    const deadline = setTimeout(() => this.#stopAll(), Math.max(withinMs - returnWithinMs, 0))
    // A claim that is on its way brings runs that are asked as they come: see #take.
    for (const active of this.#active.values()) active.control.requestDrain('shutdown')
    const ended = Promise.resolve(this.#claiming).then(() => Promise.all(this.#work))
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      ended,
      new Promise((resolve) => {
        timer = setTimeout(resolve, withinMs)
      }),
    ])
    clearTimeout(timer)
    clearTimeout(deadline)
    for (const interval of this.#timers) clearInterval(interval)
    for (const unsubscribe of this.#subscriptions) unsubscribe()
  }

  #stopAll(): void {
    for (const active of this.#active.values()) active.stop('drain')
  }

  async #claim(): Promise<void> {
    const { boss, log } = this.#context
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
    const active = new ActiveRun({ runId: job.id, threadId: job.data.threadId, attempt: job.retryCount })
    if (this.#draining) active.control.requestDrain('shutdown')
    this.#active.set(job.id, active)
    const work = this.#attempt(active).finally(() => {
      this.#active.delete(job.id)
      this.#work.delete(work)
      this.#wake.set()
    })
    this.#work.add(work)
  }

  async #attempt(active: ActiveRun): Promise<void> {
    const { suspects } = this.#settings
    const { lease } = active
    await attempt(active, this.#context, async () => {
      const started = await startRun(this.#context, lease, () => suspects.reserve(lease.runId))
      if (!started) return
      if (started.suspect && !started.instead) await suspects.execute(active, started)
      else await executeAttempt(this.#context, this.#settings, active, started)
    }).finally(() => suspects.release(lease.runId))
  }

  /** Renews the leases. What has lost its own, or can't renew it in time, is stopped: another worker may be at it. */
  async #beat(): Promise<void> {
    if (this.#beating) return
    this.#beating = true
    const leases = [...this.#active.values()].map((active) => active.lease)
    let late: NodeJS.Timeout | undefined
    try {
      const tooLate = new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Error(`no answer within ${renewWithinMs} ms`)), renewWithinMs)
      })
      if (leases.length > 0) await Promise.race([this.#renew(leases), tooLate])
      this.#lastBeat = Date.now()
    } catch (error) {
      this.#context.log.warn({ err: error }, 'beat_failed')
      if (Date.now() - this.#lastBeat >= leaseSeconds * 1_000) {
        for (const active of this.#active.values()) active.stop('lease-lost')
      }
    } finally {
      clearTimeout(late)
      this.#beating = false
    }
  }

  async #renew(leases: readonly Lease[]): Promise<void> {
    const held = await renewLeases(this.#context.pool, leases)
    for (const { runId, attempt } of leases) {
      const active = this.#active.get(runId)
      if (active?.lease.attempt !== attempt) continue
      if (!held.has(runId)) active.stop('lease-lost')
      else if (held.get(runId)) active.stop('cancel')
    }
  }

  async #sweep(): Promise<void> {
    try {
      await transaction(this.#context.pool, async (client) => {
        const expired = await expiredTemporaryThreads(client, 100)
        if (expired.length > 0) await deleteThreads(client, expired)
      })
      await deleteDeadReservations(this.#context.pool)
    } catch (error) {
      this.#context.log.warn({ err: error }, 'sweep_failed')
    }
  }
}
