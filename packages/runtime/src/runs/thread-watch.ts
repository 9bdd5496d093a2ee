import type { Logger } from 'pino'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import type { Notifications } from '../store/notifications.ts'
import { changedThreads } from '../store/queries/thread-entries.ts'
import type { Queryable } from '../store/transaction.ts'

/** Interval in milliseconds at which the process looks for changes of followed threads, even without a notification. */
const lookEveryMs = 5_000
/** Pause in milliseconds after a failed look. */
const retryMs = 500

/** A thread that this process follows, and what the last look has seen of it. */
interface FollowedThread {
  readonly followers: Set<() => void>
  mark: string | undefined
}

export interface ThreadWatchContext {
  readonly pool: Queryable
  readonly notifications: Notifications
  readonly log: Logger
}

/**
 * Wakes the followers of threads in this process when a run starts or a client writes the state: at notifications, and after regular looks at the
 * database, because a notification may be lost and servers of the release before send none. One statement looks at all followed threads, so an idle
 * stream of a thread costs no statement of its own.
 */
export class ThreadWatch {
  readonly #context: ThreadWatchContext
  readonly #threads = new Map<string, FollowedThread>()
  #timer: NodeJS.Timeout | undefined
  #looking = false

  constructor(context: ThreadWatchContext) {
    this.#context = context
    context.notifications.onThreads({
      changed: (threadId) => this.#wake(threadId),
      missed: () => {
        if (this.#threads.size > 0) void this.#look()
      },
    })
  }

  /**
   * Calls `wake` whenever a thread may have changed.
   *
   * @returns function that ends the calls
   */
  follow(threadId: string, wake: () => void): () => void {
    const thread = this.#threads.get(threadId) ?? { followers: new Set(), mark: undefined }
    this.#threads.set(threadId, thread)
    thread.followers.add(wake)
    if (this.#timer === undefined) this.#lookAfter(lookEveryMs)
    return () => {
      thread.followers.delete(wake)
      if (thread.followers.size > 0 || this.#threads.get(threadId) !== thread) return
      this.#threads.delete(threadId)
      if (this.#threads.size > 0) return
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #wake(threadId: string): void {
    for (const wake of this.#threads.get(threadId)?.followers ?? []) wake()
  }

  #lookAfter(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), ms)
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    let nextMs = lookEveryMs
    try {
      const seen = [...this.#threads].map(([threadId, { mark }]) => ({ threadId, mark }))
      for (const { threadId, mark } of await changedThreads(this.#context.pool, seen)) {
        const thread = this.#threads.get(threadId)
        if (thread) thread.mark = mark
        this.#wake(threadId)
      }
    } catch (error) {
      const { log } = this.#context
      if (isConnectionTrouble(error))
        log.warn({ err: error, threads: this.#threads.size }, 'follower_waits_for_database')
      else log.error({ err: error }, 'thread_watch_failed')
      nextMs = retryMs
    } finally {
      this.#looking = false
      if (this.#threads.size > 0) this.#lookAfter(nextMs)
      else this.#timer = undefined
    }
  }
}
