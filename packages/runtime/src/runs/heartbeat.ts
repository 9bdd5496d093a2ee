import { setTimeout as pause } from 'node:timers/promises'
import type { WaitingWork } from '../store/queries/instances.ts'
import { renewLeases } from '../store/queries/renew-leases.ts'
import { type Lease, leaseSeconds } from '../store/run-queue.ts'
import type { ActiveRun, Loss } from './active-run.ts'
import type { Loops } from './loops.ts'
import type { RunsContext } from './runs-context.ts'

/** Interval in milliseconds at which a worker renews the leases of its runs. */
const beatEveryMs = 2_000
/** Pause in milliseconds before a worker retries a failed renewal of its leases. */
const beatAgainMs = 500
/** Timeout in milliseconds for a worker's renewal of its leases: the database may hang. */
const renewWithinMs = 4_000
/** Delay in milliseconds of a worker's timer above which its event loop was blocked or its process was paused. */
const timerLateMs = 1_000
/** Time after a database outage in which workers renew their leases, in milliseconds. Expired leases return to the queue only after it. */
const renewFirstMs = 2 * beatEveryMs
/** Interval in milliseconds at which the heartbeat lets pg-boss maintain the queue, even if no lease has expired. */
const sweepEveryMs = 300_000
const leaseMs = leaseSeconds * 1_000

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/**
 * Renews the leases of the worker's runs. Stops a run whose lease is lost, and all runs if the database did not answer for as long as a lease
 * lasts. A blocked event loop alone stops no run, because only the database knows whether a lease is lost.
 *
 * Also returns runs with expired leases to the queue. It does so after the renewal, so that a worker that was blocked or cut off renews its own
 * leases first.
 */
export class Heartbeat {
  readonly #context: Pick<RunsContext, 'log'>
  readonly #loops: Loops
  readonly #active: ReadonlyMap<string, ActiveRun>
  #timer: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #stopped = false
  #beating = false
  #sweeping = false
  #sweepFrom = 0
  #sweptAt = Number.NEGATIVE_INFINITY
  /** Whether a lease may have expired. Without looks of a death watch, each beat searches for expired leases. */
  #mayBeExpired = true
  #renewedAt = performance.now()
  #tickedAt = performance.now()
  /** How long the event loop was blocked since the leases were last renewed, in milliseconds. */
  #blockedMs = 0
  #blockedUntil = 0
  #failingSince: number | undefined

  constructor(context: Pick<RunsContext, 'log'>, loops: Loops, active: ReadonlyMap<string, ActiveRun>) {
    this.#context = context
    this.#loops = loops
    this.#active = active
  }

  start(): void {
    this.#tickedAt = performance.now()
    this.#timer = setInterval(() => {
      this.#tick()
      void this.#beat()
    }, beatEveryMs)
  }

  /** Handles a look of the death watch. After a failed look, the next beat searches for expired leases by itself. */
  looked(work: WaitingWork | undefined): void {
    this.#mayBeExpired = work?.expiredLeases !== false
    // The beat renews the leases of this process first.
    if (work?.expiredLeases && !this.#stopped) void this.#beat()
  }

  stop(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#again)
    this.#stopped = true
  }

  /** The reason for the loss of a lease that this process notices now. */
  get loss(): Loss {
    const now = performance.now()
    const blockedMs = this.#blockedMs + Math.max(now - this.#tickedAt - beatEveryMs, 0)
    if (blockedMs >= leaseMs / 2) {
      const detail = `The event loop was blocked or the process was paused, for ${seconds(blockedMs)} since the lease was last renewed.`
      return { reason: 'loop_blocked', detail }
    }
    if (this.#failingSince !== undefined) {
      return { reason: 'database', detail: `The database did not answer for ${seconds(now - this.#failingSince)}.` }
    }
    const detail = `The lease was last renewed ${seconds(now - this.#renewedAt)} before it was found lost.`
    return { reason: 'lease_late', detail }
  }

  #tick(): void {
    const now = performance.now()
    const lateMs = now - this.#tickedAt - beatEveryMs
    this.#tickedAt = now
    if (lateMs < timerLateMs) return
    this.#blockedMs += lateMs
    this.#blockedUntil = now
    this.#context.log.warn({ blocked_ms: Math.round(lateMs) }, 'event_loop_blocked')
  }

  async #beat(): Promise<void> {
    if (this.#beating) return
    this.#beating = true
    const leases = [...this.#active.values()].map((active) => active.lease)
    const beganAt = performance.now()
    const answered = new AbortController()
    try {
      if (leases.length > 0) await Promise.race([this.#renew(leases), tooLate(answered.signal)])
      this.#renewedAt = performance.now()
      this.#blockedMs = 0
      if (this.#failingSince !== undefined) this.#sweepFrom = this.#renewedAt + renewFirstMs
      this.#failingSince = undefined
      void this.#sweep()
    } catch (error) {
      this.#failingSince ??= beganAt
      this.#context.log.warn({ err: error }, 'beat_failed')
      if (performance.now() - Math.max(this.#renewedAt, this.#blockedUntil) >= leaseMs) {
        for (const active of this.#active.values()) active.lose(this.loss)
      }
      if (!this.#stopped) this.#again = setTimeout(() => void this.#beat(), beatAgainMs)
    } finally {
      answered.abort()
      this.#beating = false
    }
  }

  /** Returns runs whose leases have expired to the queue. */
  async #sweep(): Promise<void> {
    const now = performance.now()
    if (this.#sweeping || now < this.#sweepFrom) return
    if (!this.#mayBeExpired && now - this.#sweptAt < sweepEveryMs) return
    this.#sweeping = true
    this.#sweptAt = now
    try {
      await this.#loops.boss.supervise()
    } catch (error) {
      this.#context.log.warn({ err: error }, 'queue_error')
    } finally {
      this.#sweeping = false
    }
  }

  async #renew(leases: readonly Lease[]): Promise<void> {
    const held = await renewLeases(this.#loops.pool, leases)
    for (const { runId, attempt } of leases) {
      const active = this.#active.get(runId)
      if (active?.lease.attempt !== attempt) continue
      if (!held.has(runId)) active.lose(this.loss)
      else if (held.get(runId)) active.stop('cancel')
    }
  }
}

/** Rejects after the timeout for the renewal of leases. If its timer fires late, it does not reject, because the answer may have arrived unread. */
async function tooLate(answered: AbortSignal): Promise<void> {
  try {
    for (;;) {
      const armedAt = performance.now()
      await pause(renewWithinMs, undefined, { signal: answered })
      if (performance.now() - armedAt < renewWithinMs + timerLateMs) break
    }
  } catch {
    return
  }
  throw new Error(`The database did not answer the renewal of the leases within ${renewWithinMs} ms.`)
}
