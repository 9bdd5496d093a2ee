import {
  claimsWithoutAttempt,
  closeDeadAttempts,
  type InstanceKey,
  lookAround,
  markDead,
  type WaitingWork,
} from '../store/queries/instances.ts'
import type { ClosedAttempt } from '../store/queries/run-attempts.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { type Queryable, transaction } from '../store/transaction.ts'
import type { Loops } from './loops.ts'
import type { RunsContext } from './runs-context.ts'
import { deadAfterMs, judge, type Suspicions, unanswered } from './suspicions.ts'

/** Interval in milliseconds at which a process looks for missing instances (processes that execute runs) and for waiting work. */
const lookEveryMs = 1_000
/** The same interval while an instance is missing, so that its death is certain soon. */
const lookAgainMs = 500
/** Maximum time in milliseconds for which a new worker claims no runs because it waits for the first complete check for dead instances. */
const settleWithinMs = 30_000

/**
 * Detects deaths of other instances (processes that execute runs), and returns their runs to the queue at once. The end of an instance's database
 * session alone is not a death: see `judge`. After a death that this class can't detect, runs return to the queue when their leases expire.
 *
 * The same statement also finds the work that waits for the worker of this process, so an idle process sends one statement a second.
 */
export class DeathWatch {
  readonly #context: RunsContext
  readonly #loops: Loops
  readonly #listening: Queryable
  readonly #onLook: (work: WaitingWork | undefined) => void
  readonly #settled = Promise.withResolvers<void>()
  #suspicions: Suspicions | undefined
  #timer: NodeJS.Timeout | undefined
  #burying: Promise<void> | undefined
  #stopped = false

  /**
   * @param listening queries on the process's direct connection to PostgreSQL
   * @param onLook called after each look with the work that waits; with undefined if the look failed
   */
  constructor(
    context: RunsContext,
    loops: Loops,
    listening: Queryable,
    onLook: (work: WaitingWork | undefined) => void,
  ) {
    this.#context = context
    this.#loops = loops
    this.#listening = listening
    this.#onLook = onLook
  }

  start(): void {
    setTimeout(this.#settled.resolve, settleWithinMs).unref()
    void this.#look()
  }

  /**
   * Resolves at the first check after which every missing instance is known to be dead. A worker that starts after another died must know of the
   * death before it claims that worker's runs. Resolves in any case after 30 s.
   */
  get settled(): Promise<void> {
    return this.#settled.promise
  }

  /** Stops the checks for dead instances. Does not wait for a query that is under way, because a query without an answer takes up to 30 s. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#settled.resolve()
  }

  async #look(): Promise<void> {
    const { log } = this.#context
    let nextMs = lookEveryMs
    try {
      const seen = await lookAround(this.#listening)
      this.#onLook(seen)
      if (seen.missing.length > 0) nextMs = lookAgainMs
      const { suspicions, dead } = judge(this.#suspicions, seen, performance.now())
      for (const { instanceId } of seen.missing) {
        if (!this.#suspicions?.since.has(instanceId)) log.warn({ instance_id: instanceId }, 'instance_missing')
      }
      this.#suspicions = suspicions
      if (dead.length > 0) this.#buryAll(dead)
      else if (seen.missing.length === 0) this.#settled.resolve()
    } catch (error) {
      if (this.#suspicions?.answeredAt !== undefined && !this.#stopped) log.warn({ err: error }, 'death_watch_failed')
      this.#suspicions &&= unanswered(this.#suspicions)
      this.#onLook(undefined)
    } finally {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), nextMs)
    }
  }

  /** Does not delay the next look: a statement without an answer takes up to 30 s. */
  #buryAll(dead: readonly InstanceKey[]): void {
    const buried = async (): Promise<void> => {
      for (const one of dead) if (!this.#stopped) await this.#bury(one)
    }
    this.#burying ??= buried()
      .catch((error: unknown) => {
        if (!this.#stopped) this.#context.log.warn({ err: error }, 'death_watch_failed')
      })
      .finally(() => {
        this.#burying = undefined
      })
  }

  async #bury(instance: InstanceKey): Promise<void> {
    const { log, notifications, onAttemptEnd } = this.#context
    const { boss, pool } = this.#loops
    const closed = await transaction(pool, async (client): Promise<ClosedAttempt[] | undefined> => {
      if (!(await markDead(client, instance))) return undefined
      const attempts = await closeDeadAttempts(client, instance.instanceId)
      const began = attempts.map(({ run_id: id, attempt: retryCount }) => ({ id, retryCount }))
      const jobs = [...began, ...(await claimsWithoutAttempt(client, deadAfterMs))]
      // Only jobs that are active with the same retry count return to the queue: with another count, another worker has the lease.
      if (jobs.length > 0) await boss.fail(runQueue, jobs, null, { db: queueDatabase(client) })
      return attempts
    })
    if (!closed) return
    notifications.send({ kind: 'queued' })
    log.warn({ instance_id: instance.instanceId, runs: closed.length }, 'instance_died')
    for (const attempt of closed) onAttemptEnd?.(attempt)
  }
}
