import type { Logger } from 'pino'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import type { Notifications } from '../store/notifications.ts'
import { changedRuns, type SeenRun } from '../store/queries/changed-runs.ts'
import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import type { Queryable } from '../store/transaction.ts'

/**
 * Interval in milliseconds at which the process looks for the ends of runs that clients wait for, even without a notification. Servers of the release
 * before send no notification `ended`.
 */
const lookForEndsMs = 1_000
/** Number of these looks after which one look also searches for new events of followed runs. */
const looksPerFullLook = 5
/** Pause in milliseconds after a failed look. */
const retryMs = 500

/** What wakes a follower of a run: each new event and the end of the run, or only its end. */
export type Wakes = 'events' | 'end'

interface Follower {
  readonly wakes: Wakes
  readonly wake: () => void
}

/** A run that this process follows, and what the last look has seen of it. */
interface FollowedRun {
  readonly followers: Set<Follower>
  status: RunStatus | null | undefined
  sequence: number | undefined
}

export interface RunWatchContext {
  readonly pool: Queryable
  readonly notifications: Notifications
  readonly log: Logger
}

/**
 * Wakes the followers of runs in this process: at notifications, and after regular looks at the database, because a notification may be lost. One
 * statement looks at all followed runs, so an idle stream costs no statement of its own.
 */
export class RunWatch {
  readonly #context: RunWatchContext
  readonly #runs = new Map<string, FollowedRun>()
  #timer: NodeJS.Timeout | undefined
  #looks = 0
  #looking = false

  constructor(context: RunWatchContext) {
    this.#context = context
    context.notifications.onRuns({
      changed: (runId) => this.#wake(runId, false),
      ended: (runId) => this.#wake(runId, true),
      missed: () => this.#lookNow(),
    })
  }

  /**
   * Calls `wake` whenever a run may have changed.
   *
   * @returns function that ends the calls
   */
  follow(runId: string, wakes: Wakes, wake: () => void): () => void {
    const run = this.#runs.get(runId) ?? { followers: new Set(), status: undefined, sequence: undefined }
    this.#runs.set(runId, run)
    const follower = { wakes, wake }
    run.followers.add(follower)
    if (this.#timer === undefined) this.#lookAfter(lookForEndsMs)
    return () => {
      run.followers.delete(follower)
      if (run.followers.size > 0 || this.#runs.get(runId) !== run) return
      this.#runs.delete(runId)
      if (this.#runs.size > 0) return
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #wake(runId: string, ended: boolean): void {
    for (const { wakes, wake } of this.#runs.get(runId)?.followers ?? []) if (ended || wakes === 'events') wake()
  }

  #lookAfter(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), ms)
  }

  #lookNow(): void {
    this.#looks = 0
    if (this.#runs.size > 0) void this.#look()
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    const all = this.#looks % looksPerFullLook === 0
    this.#looks += 1
    let nextMs = lookForEndsMs
    try {
      await this.#wakeChanged(this.#seen(all))
    } catch (error) {
      const { log } = this.#context
      if (isConnectionTrouble(error)) log.warn({ err: error, runs: this.#runs.size }, 'follower_waits_for_database')
      else log.error({ err: error }, 'run_watch_failed')
      this.#looks = 0
      nextMs = retryMs
    } finally {
      this.#looking = false
      if (this.#runs.size > 0) this.#lookAfter(nextMs)
      else this.#timer = undefined
    }
  }

  #seen(all: boolean): SeenRun[] {
    const seen: SeenRun[] = []
    for (const [runId, { followers, status, sequence }] of this.#runs) {
      if (all || [...followers].some(({ wakes }) => wakes === 'end')) seen.push({ runId, status, sequence })
    }
    return seen
  }

  async #wakeChanged(seen: readonly SeenRun[]): Promise<void> {
    if (seen.length === 0) return
    for (const { runId, status, sequence } of await changedRuns(this.#context.pool, seen)) {
      const run = this.#runs.get(runId)
      if (!run) continue
      run.status = status
      run.sequence = sequence
      this.#wake(runId, status === null || isOver(status))
    }
  }
}
