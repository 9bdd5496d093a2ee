import { AsyncLocalStorage } from 'node:async_hooks'
import { RunControl } from '@langchain/langgraph'
import { LeaseLost } from '../store/leased-saver.ts'
import type { AttemptReason } from '../store/queries/run-attempts.ts'
import type { Lease } from '../store/run-queue.ts'
import type { RunActor } from './run-actor.ts'

/** Reasons for which a worker stops an attempt at a run before its graph ends. */
export const stopReasons = ['cancel', 'timeout', 'lease-lost', 'database', 'drain', 'rejection'] as const
export type StopReason = (typeof stopReasons)[number]

/** The reason for which a worker lost the lease of a run, as far as that worker can tell. */
export interface Loss {
  readonly reason: Extract<AttemptReason, 'lease_late' | 'database' | 'loop_blocked'>
  /** The reason for the loss of a lease as one sentence, for the log and for `hadal.run_attempt`. */
  readonly detail: string
}

/** An attempt at a run that this process executes now: its lease, and the means to stop it. */
export class ActiveRun {
  readonly lease: Lease
  /** LangGraph's control of the graph: `requestDrain` stops the graph after its current step. */
  readonly control = new RunControl()
  /**
   * Whether the run returns to the queue as soon as it has saved a step. True for a suspect (a run that may have killed its processes): a finished
   * step clears it.
   */
  readonly drainsAfterStep: boolean
  readonly #abort = new AbortController()
  readonly #lost = new AbortController()
  #reason: StopReason | undefined
  readonly #explainLoss: () => Loss
  #loss: Loss | undefined
  #rejection: unknown
  /** Tenant, user and credentials of the run; undefined until the worker has read them. */
  actor: RunActor | undefined
  /**
   * Promise that resolves when the reason for which this process abandoned the run is recorded or could not be recorded; undefined before the
   * process abandons the run.
   */
  recording: Promise<void> | undefined

  /** @param explainLoss returns the reason for the loss of the lease; called if something other than the heartbeat finds the lease lost */
  constructor(lease: Lease, explainLoss: () => Loss, { drainsAfterStep = false } = {}) {
    this.lease = lease
    this.#explainLoss = explainLoss
    this.drainsAfterStep = drainsAfterStep
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }
  /** Signal that is aborted with a `LeaseLost` when the run's lease is lost. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }
  get stopReason(): StopReason | undefined {
    return this.#reason
  }
  /** Reason for which this process lost the lease of the run. */
  get loss(): Loss {
    this.#loss ??= this.#explainLoss()
    return this.#loss
  }
  /** Error of the run's first promise that was rejected without a handler; undefined if there was no such promise. */
  get rejection(): unknown {
    return this.#rejection
  }

  /**
   * Stops the run's graph now, in the middle of its step. The first reason is kept, except that `lease-lost` replaces it, because a worker
   * that lost the lease may write nothing more.
   */
  stop(reason: StopReason): void {
    if (this.#reason === undefined || reason === 'lease-lost') this.#reason = reason
    if (reason === 'lease-lost') this.#lost.abort(new LeaseLost(this.lease))
    this.#abort.abort(new Error(`stopped: ${reason}`))
  }

  lose(loss: Loss): void {
    this.#loss ??= loss
    this.stop('lease-lost')
  }

  /** Fails the run because one of its promises was rejected without a handler. */
  failBy(rejection: unknown): void {
    this.#rejection ??= rejection
    this.stop('rejection')
  }

  /** Stops the run after a failed write of the checkpointer or the event log: the lease is lost, or otherwise the database is unavailable. */
  readonly onTrouble = (error: unknown): void => {
    if (error instanceof LeaseLost) this.lose(this.loss)
    else this.stop('database')
  }
}

/** The attempt whose code runs in the current async context, through all its awaits and callbacks; undefined outside of a run. */
export const currentRun = new AsyncLocalStorage<ActiveRun>()
