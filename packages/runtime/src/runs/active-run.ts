import { RunControl } from '@langchain/langgraph'
import { LeaseLost } from '../store/leased-saver.ts'
import type { Lease } from '../store/run-queue.ts'

/** Why a worker ends its work on a run before the graph does. */
export const stopReasons = ['cancel', 'timeout', 'lease-lost', 'database', 'drain'] as const
export type StopReason = (typeof stopReasons)[number]

/** One attempt under way in this process. */
export class ActiveRun {
  readonly lease: Lease
  /** Asks the graph to stop at its next step. */
  readonly control = new RunControl()
  /** Whether it stops and goes back to the queue once a step is saved: a suspect that passed its step is cleared. */
  readonly drainsAfterStep: boolean
  readonly #abort = new AbortController()
  #reason: StopReason | undefined

  constructor(lease: Lease, { drainsAfterStep = false } = {}) {
    this.lease = lease
    this.drainsAfterStep = drainsAfterStep
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }
  get stopReason(): StopReason | undefined {
    return this.#reason
  }

  /** Stops the graph now, in the middle of its step. A lost lease overrules every other reason: nothing may be written then. */
  stop(reason: StopReason): void {
    if (this.#reason === undefined || reason === 'lease-lost') this.#reason = reason
    this.#abort.abort(new Error(`stopped: ${reason}`))
  }

  /** What the checkpointer and the event log report when they can't write. */
  readonly onTrouble = (error: unknown): void => this.stop(error instanceof LeaseLost ? 'lease-lost' : 'database')
}
