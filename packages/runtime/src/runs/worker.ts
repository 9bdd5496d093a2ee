import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { Job } from 'pg-boss'
import type { Logger } from 'pino'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { LeaseLost } from '../store/leased-saver.ts'
import { deleteThreads, expiredTemporaryThreads } from '../store/queries/delete-threads.ts'
import { renewLeases } from '../store/queries/renew-leases.ts'
import { deleteDeadReservations } from '../store/queries/spending.ts'
import { type Lease, leaseSeconds, runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import { ActiveRun } from './active-run.ts'
import { endRun, type RunEnd, returnRun } from './end-run.ts'
import { EventWriter } from './event-writer.ts'
import { executeRun, type Outcome, runError } from './execute-run.ts'
import type { RunError } from './resting-thread.ts'
import { isRunRequest } from './run-request.ts'
import type { RunLimits, RunsContext } from './runs-context.ts'
import { type StartedRun, startRun } from './start-run.ts'
import { Wake } from './wake.ts'

/** A worker is told of new runs; it looks on its own for those that were left behind. */
const lookEveryMs = 1_000
const beatEveryMs = 2_000
/** The database may hang; a lease that isn't renewed is as good as lost. */
const renewWithinMs = 4_000
const sweepEveryMs = 60_000
/** How long runs that were stopped may take to be given back at the end of a drain. */
const returnWithinMs = 3_000

export interface ObservedRun {
  readonly runId: string
  readonly threadId: string
  readonly graphId: string
  /** From 1. */
  readonly attempt: number
  /** Of the request that asked for it: see RunRequest. */
  readonly traceparent?: string
}

/** Who watches one attempt at a run. */
export interface RunObservation {
  readonly callbacks: readonly BaseCallbackHandler[]
  /** What each line of its log says of it. */
  readonly ids: Readonly<Record<string, string>>
  /** @param errorType what it failed by, where it failed */
  readonly end: (errorType?: string) => Promise<void>
}

export interface WorkerSettings {
  /** Runs at the same time. */
  readonly concurrency: number
  readonly limits: RunLimits
  /** Called once for each attempt at a run. */
  readonly observe: (run: ObservedRun) => RunObservation
  /** Hears of each end, for metrics. */
  readonly onEnd: (end: { status: string; graphId: string; seconds: number }) => void
  /** Executes a run that may kill its process; without it a suspect is executed as any other run. */
  readonly runSuspect?: (active: ActiveRun, started: StartedRun) => Promise<void>
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
    const { lease } = active
    const log = this.#context.log.child({ run_id: lease.runId, thread_id: lease.threadId, attempt: lease.attempt + 1 })
    try {
      const started = await startRun(this.#context, lease)
      if (!started) return
      const { runSuspect } = this.#settings
      if (started.suspect && runSuspect) await runSuspect(active, started)
      else await this.#run(active, started)
    } catch (error) {
      if (error instanceof LeaseLost) return log.warn({ reason: error.message }, 'lease_lost')
      if (isConnectionTrouble(error)) return log.warn({ err: error }, 'database_away')
      log.error({ err: error }, 'attempt_failed')
      const end: RunEnd = { status: 'error', error: runError(error, this.#context.redactor), lastEvents: [] }
      await endRun(this.#context, lease, undefined, end).catch((again: unknown) =>
        log.error({ err: again }, 'end_failed'),
      )
    }
  }

  async #run(active: ActiveRun, started: StartedRun): Promise<void> {
    const { run } = started
    const attempt = active.lease.attempt + 1
    const observation = this.#settings.observe({
      runId: run.run_id,
      threadId: run.thread_id,
      graphId: run.graph_id,
      attempt,
      ...(isRunRequest(run.request) ? { traceparent: run.request.traceparent } : {}),
    })
    const log = this.#context.log.child({ ...observation.ids, graph_id: run.graph_id })
    const events = new EventWriter(this.#context.pool, active.lease, started.lastSequence, active.onTrouble)
    const agent = this.#context.agents.get(run.graph_id)
    const begun = performance.now()
    log.info({ attempt, resumed: started.inputWritten }, 'run_start')
    const outcome = await this.#outcome(active, started, events, observation.callbacks, log).catch(
      async (error: unknown) => {
        await observation.end('Error')
        throw error
      },
    )
    await observation.end(outcome.kind === 'failed' ? outcome.error.error : undefined)
    await events.flush()
    if (active.stopReason === 'lease-lost') return log.warn('lease_lost')
    if (outcome.kind === 'drained' || active.stopReason === 'drain' || active.stopReason === 'database') {
      log.info({ reason: active.stopReason ?? 'drained' }, 'run_returned')
      return returnRun(this.#context, active.lease, active.stopReason === 'database' ? 'database' : 'returned')
    }
    const end = this.#end(active, outcome, events)
    const how = await endRun(this.#context, active.lease, agent, end)
    const status = how === 'rolled-back' ? 'rolled_back' : end.status
    const seconds = (performance.now() - begun) / 1_000
    this.#settings.onEnd({ status, graphId: run.graph_id, seconds })
    log.info({ status, error: end.error ?? undefined, seconds }, 'run_end')
  }

  async #outcome(
    active: ActiveRun,
    started: StartedRun,
    events: EventWriter,
    callbacks: readonly BaseCallbackHandler[],
    log: Logger,
  ): Promise<Outcome> {
    const { run } = started
    const { limits } = this.#settings
    if (started.instead === 'cancelled') active.stop('cancel')
    if (started.instead) return { kind: 'stopped' }
    const agent = this.#context.agents.get(run.graph_id)
    if (!agent) {
      const message = `There is no graph "${run.graph_id}" on this server any more. Add it to langgraph.json again.`
      return { kind: 'failed', error: { error: 'UnknownGraph', message } }
    }
    if (!isRunRequest(run.request)) throw new Error(`Run ${run.run_id} has a request that this server can't read.`)
    const left = started.startedAt.getTime() + limits.seconds * 1_000 - Date.now()
    const timeout = setTimeout(() => active.stop('timeout'), Math.max(left, 0))
    try {
      return await executeRun({
        context: { ...this.#context, log },
        limits,
        agent,
        active,
        started,
        events,
        callbacks,
        request: run.request,
      })
    } finally {
      clearTimeout(timeout)
    }
  }

  #end(active: ActiveRun, outcome: Outcome, events: EventWriter): RunEnd {
    const failed = (status: 'error' | 'timeout', error: RunError): RunEnd => ({
      status,
      error,
      lastEvents: [events.last('error', error)],
    })
    if (active.stopReason === 'timeout') {
      const message = `The run took longer than the ${this.#settings.limits.seconds} s that a run may take.`
      return failed('timeout', { error: 'RunTimeout', message })
    }
    if (active.stopReason === 'cancel') return { status: 'interrupted', error: null, lastEvents: [] }
    if (outcome.kind === 'failed') return failed('error', outcome.error)
    return { status: outcome.kind === 'interrupted' ? 'interrupted' : 'success', error: null, lastEvents: [] }
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
