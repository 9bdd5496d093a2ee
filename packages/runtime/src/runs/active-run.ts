import { AsyncLocalStorage } from 'node:async_hooks'
import { RunControl } from '@langchain/langgraph'
import { LeaseLost } from '../store/leased-saver.ts'
import type { AttemptReason } from '../store/queries/run-attempts.ts'
import type { Lease } from '../store/run-queue.ts'

/** Why a worker ends its work on a run before the graph does. */
export const stopReasons = ['cancel', 'timeout', 'lease-lost', 'database', 'drain', 'rejection'] as const
export type StopReason = (typeof stopReasons)[number]

/** Why a worker lost a lease, as far as the worker knows. */
export interface Loss {
  readonly reason: Extract<AttemptReason, 'lease_late' | 'database' | 'loop_blocked'>
  /** A sentence. */
  readonly detail: string
}

/** One attempt under way in this process. */
export class ActiveRun {
  readonly lease: Lease
  /** Asks the graph to stop at its next step. */
  readonly control = new RunControl()
  /** Whether it stops and goes back to the queue once a step is saved: a suspect that passed its step is cleared. */
  readonly drainsAfterStep: boolean
  readonly #abort = new AbortController()
  readonly #lost = new AbortController()
  #reason: StopReason | undefined
  readonly #explainLoss: () => Loss
  #loss: Loss | undefined
  #rejection: unknown
  /** The record of why this process gave the run up, while it is being written. */
  recording: Promise<void> | undefined

  /** @param explainLoss why the lease is lost, asked when something else than the heartbeat finds it lost */
  constructor(lease: Lease, explainLoss: () => Loss, { drainsAfterStep = false } = {}) {
    this.lease = lease
    this.#explainLoss = explainLoss
    this.drainsAfterStep = drainsAfterStep
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }
  /** Aborted with a LeaseLost when the lease is lost. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }
  get stopReason(): StopReason | undefined {
    return this.#reason
  }
  /** Why the lease was lost. */
  get loss(): Loss {
    this.#loss ??= this.#explainLoss()
    return this.#loss
  }
  /** The reason of a promise of this run that was rejected and never awaited. */
  get rejection(): unknown {
    return this.#rejection
  }

  /** Stops the graph now, in the middle of its step. A lost lease overrules every other reason: nothing may be written then. */
  stop(reason: StopReason): void {
    if (this.#reason === undefined || reason === 'lease-lost') this.#reason = reason
    if (reason === 'lease-lost') this.#lost.abort(new LeaseLost(this.lease))
    this.#abort.abort(new Error(`stopped: ${reason}`))
  }

  lose(loss: Loss): void {
    this.#loss ??= loss
    this.stop('lease-lost')
  }

  /** Fails the run for a promise that was rejected and never awaited. */
  failBy(rejection: unknown): void {
    this.#rejection ??= rejection
    this.stop('rejection')
  }

  /** What the checkpointer and the event log report when they can't write. */
  readonly onTrouble = (error: unknown): void => {
    if (error instanceof LeaseLost) this.lose(this.loss)
    else this.stop('database')
  }
}

/** The attempt that the current code belongs to, through every await and callback of it. */
export const currentRun = new AsyncLocalStorage<ActiveRun>()
