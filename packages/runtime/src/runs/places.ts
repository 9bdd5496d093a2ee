import type { Claim } from '../store/queries/claim-runs.ts'

/** A free place of this process's worker, reserved for one run while the database accepts the run. */
export interface Place {
  /** Executes the run, which the database has started for this process. */
  start(claim: Claim): void
  /** Gives the place back. Does nothing after `start`. */
  release(): void
  /** Gives the place back when it is unknown whether the database has started the run: its answer was lost. */
  lose(): void
}

/** A worker that may execute a run at once. */
export interface PlaceOwner {
  reserve(runId: string): Place | undefined
}

/** The free places for runs in this process: those of its worker, if it has one. Code that accepts runs reserves one. */
export class Places {
  #owner: PlaceOwner | undefined

  /** Sets the worker of this process, as soon as it takes runs. */
  set owner(owner: PlaceOwner) {
    this.#owner = owner
  }

  /** @returns undefined if this process has no free place */
  reserve(runId: string): Place | undefined {
    return this.#owner?.reserve(runId)
  }
}
