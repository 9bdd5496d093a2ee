import { AsyncLocalStorage } from 'node:async_hooks'
import { within } from '@hadal/middleware/within'
import { LeaseLost } from '../store/leased-saver.ts'
import { type Claim, claimRuns, openLeases, repairReadyRuns } from '../store/queries/claim-runs.ts'
import type { WaitingWork } from '../store/queries/instances.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { wholeTenant } from '../store/scope.ts'
import { ActiveRun, currentRun } from './active-run.ts'
import { returnRun } from './end-run.ts'
import { type AttemptSettings, attempt, executeAttempt } from './execute-attempt.ts'
import { Heartbeat } from './heartbeat.ts'
import type { Loops } from './loops.ts'
import type { Place, PlaceOwner } from './places.ts'
import { inScope, type RunsContext } from './runs-context.ts'
import { firstAttempt, type StartedRun, startRun } from './start-run.ts'
import type { Suspects } from './suspects/suspects.ts'
import { Wake } from './wake.ts'

/** Interval in milliseconds at which a worker looks for runs in the queue even without a notification, if the process has no death watch. */
const lookEveryMs = 1_000
/** The same interval if the death watch looks for waiting runs, and wakes the worker. */
const looksBesideMs = 60_000
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
  readonly loops: Loops
  /** Executes suspect runs in child processes. */
  readonly suspects: Suspects
  /** The worker claims no run before this promise resolves. */
  readonly ready?: Promise<void>
}

/** Claims runs from the queue, executes them, and renews their leases. */
export class Worker implements PlaceOwner {
  readonly #context: RunsContext
  readonly #settings: WorkerSettings
  readonly #active = new Map<string, ActiveRun>()
  readonly #work = new Set<Promise<void>>()
  readonly #wake = new Wake()
  readonly #subscriptions: (() => void)[] = []
  readonly #heartbeat: Heartbeat
  /** Ids of the runs for which a place is reserved while the database accepts them. */
  readonly #reserved = new Set<string>()
  /** Runs a function outside of the async context of the request that accepts a run, such as its trace. */
  readonly #inOwnContext = AsyncLocalStorage.snapshot()
  #lookEveryMs = lookEveryMs
  #claiming: Promise<void> | undefined
  /** Number of places that the claim under way may fill. */
  #claimed = 0
  /** Whether runs may wait in the queue, as far as this worker knows: then each free place is a reason to claim. */
  #mayWait = true
  /** Whether the database may have started a run for this process without this process knowing it. */
  #answerLost = false
  #draining = false
  #repairing: NodeJS.Timeout | undefined
  /** Last thread that was looked at for a missing row of `hadal.ready_run`. */
  #repairedTo: string | undefined

  constructor(context: RunsContext, settings: WorkerSettings) {
    this.#context = context
    this.#settings = settings
    this.#heartbeat = new Heartbeat(context, settings.loops, this.#active)
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

  /** Reserves a place for a run that the database accepts now, and that it may start for this process at once. */
  reserve(runId: string): Place | undefined {
    if (this.#draining || this.#free <= this.#claimed) return undefined
    this.#reserved.add(runId)
    // A drain waits for the answer of the database.
    const { promise: answered, resolve } = Promise.withResolvers<void>()
    this.#work.add(answered)
    const release = (): void => {
      if (!this.#reserved.delete(runId)) return
      this.#work.delete(answered)
      resolve()
      this.#wakeForFreePlace()
    }
    return {
      start: (claim) => {
        this.#inOwnContext(() => this.#take(claim))
        release()
      },
      release,
      lose: () => {
        this.#answerLost = true
        release()
        this.#wake.set()
      },
    }
  }

  /** Number of places without an active or reserved run. */
  get #free(): number {
    return this.#settings.concurrency - this.#active.size - this.#reserved.size
  }

  #wakeForFreePlace(): void {
    if (this.#mayWait || this.#draining) this.#wake.set()
  }

  /** Handles a look of the death watch. After a failed look, the worker looks by itself. */
  looked(work: WaitingWork | undefined): void {
    this.#lookEveryMs = looksBesideMs
    this.#heartbeat.looked(work)
    if (work?.dueRuns !== false) this.#wake.set()
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
    await within(this.#idle(), withinMs)
    clearTimeout(deadline)
    this.#heartbeat.stop()
    clearInterval(this.#repairing)
    for (const unsubscribe of this.#subscriptions) unsubscribe()
  }

  /** Resolves when the worker claims no more and executes nothing. A reserved place may still become a run. */
  async #idle(): Promise<void> {
    await this.#claiming
    while (this.#work.size > 0) await Promise.all(this.#work)
  }

  #stopAll(): void {
    for (const active of this.#active.values()) active.stop('drain')
  }

  async #claim(): Promise<void> {
    const { instanceId, limits, log } = this.#context
    const { loops, ready } = this.#settings
    await ready
    if (!this.#draining) this.#context.places.owner = this
    while (!this.#draining) {
      // One free place stays open to a run that this process accepts meanwhile.
      const most = Math.min(this.#free, Math.max(this.#free - 1, 1))
      let nextLookMs = this.#lookEveryMs
      let again = false
      this.#claimed = Math.max(most, 0)
      try {
        if (this.#answerLost) await this.#returnLostClaims()
        if (most > 0) {
          const { running } = limits
          const { claims, busy, limited } = await claimRuns(loops.pool, { instanceId, most, running })
          for (const claim of claims) this.#take(claim)
          again = claims.length === most
          // A run that waits because of a limit may start when another run ends.
          this.#mayWait = again || limited
          if (busy) nextLookMs = lookAgainMs
        }
      } catch (error) {
        log.warn({ err: error }, 'claim_failed')
        this.#answerLost = true
        nextLookMs = lookEveryMs
        this.#mayWait = true
      }
      this.#claimed = 0
      if (this.#free <= 0) this.#mayWait = true
      if (!again || this.#free <= 0) await this.#wake.wait(nextLookMs)
    }
  }

  /** Returns runs to the queue that the database has started for this process, which did not get the answer. */
  async #returnLostClaims(): Promise<void> {
    // An answer that is lost meanwhile needs another look.
    this.#answerLost = false
    const leases = await openLeases(this.#settings.loops.pool, this.#context.instanceId)
    for (const lease of leases) {
      if (this.#active.has(lease.runId) || this.#reserved.has(lease.runId)) continue
      const context = inScope(this.#context, wholeTenant(lease.tenant))
      await returnRun(context, lease, 'database', 'The answer to the claim of the run was lost.').catch(
        (error: unknown) => {
          if (!(error instanceof LeaseLost)) throw error
        },
      )
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
        this.#wakeForFreePlace()
      })
    this.#work.add(work)
  }

  /** @param first the attempt, if the claim started it */
  async #attempt(active: ActiveRun, first: StartedRun | undefined): Promise<void> {
    const { suspects } = this.#settings
    const { lease } = active
    const ofTenant = inScope(this.#context, wholeTenant(lease.tenant))
    await attempt(active, ofTenant, async () => {
      const reserve = (): boolean => suspects.reserve(active)
      const started = first ?? (await retryWhileLeased(() => startRun(ofTenant, lease, reserve), active))
      if (!started) return
      if (started.suspect && !started.instead) await suspects.execute(ofTenant, active, started)
      else await executeAttempt(ofTenant, this.#settings, active, started)
    }).finally(() => suspects.release(active))
  }

  async #repair(): Promise<void> {
    try {
      this.#repairedTo = await repairReadyRuns(this.#settings.loops.pool, this.#repairedTo, repairedAtOnce)
    } catch (error) {
      this.#context.log.warn({ err: error }, 'repair_failed')
    }
  }
}
