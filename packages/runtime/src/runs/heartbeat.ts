import { setTimeout as pause } from 'node:timers/promises'
import { renewLeases } from '../store/queries/renew-leases.ts'
import { type Lease, leaseSeconds } from '../store/run-queue.ts'
import type { ActiveRun, Loss } from './active-run.ts'
import type { RunsContext } from './runs-context.ts'

const beatEveryMs = 2_000
/** How soon a beat that failed is repeated, in milliseconds. */
const beatAgainMs = 500
/** The database may hang: after this long without an answer the renewal has failed, and the next is tried. */
const renewWithinMs = 4_000
/** A timer that is later than this, in milliseconds, was held up by a blocked event loop or a paused process. */
const timerLateMs = 1_000
/** After the database was away, every worker has this long to renew its leases before others take what has run out, in milliseconds. */
const renewFirstMs = 2 * beatEveryMs
const leaseMs = leaseSeconds * 1_000

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/**
 * Renews the leases of the worker's runs. A run whose lease is lost is stopped; so are all when the database did not answer for as long as a
 * lease lasts. A blocked event loop alone stops none: only the database knows then whether a lease is lost.
 *
 * Leases of other workers that ran out are taken here as well, since the order matters: what was blocked or cut off renews its own first.
 */
export class Heartbeat {
  readonly #context: RunsContext
  readonly #active: ReadonlyMap<string, ActiveRun>
  #timer: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #stopped = false
  #beating = false
  #sweeping = false
  #sweepFrom = 0
  #renewedAt = performance.now()
  #tickedAt = performance.now()
  /** Since the leases were last renewed, in milliseconds. */
  #blockedMs = 0
  #blockedUntil = 0
  #failingSince: number | undefined

  constructor(context: RunsContext, active: ReadonlyMap<string, ActiveRun>) {
    this.#context = context
    this.#active = active
  }

  start(): void {
    this.#tickedAt = performance.now()
    this.#timer = setInterval(() => {
      this.#tick()
      void this.#beat()
    }, beatEveryMs)
  }

  stop(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#again)
    this.#stopped = true
  }

  /** Why a lease is lost that was found lost just now. */
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

  /** Gives runs back to the queue whose leases ran out. */
  async #sweep(): Promise<void> {
    if (this.#sweeping || performance.now() < this.#sweepFrom) return
    this.#sweeping = true
    try {
      await this.#context.boss.supervise()
    } catch (error) {
      this.#context.log.warn({ err: error }, 'queue_error')
    } finally {
      this.#sweeping = false
    }
  }

  async #renew(leases: readonly Lease[]): Promise<void> {
    const held = await renewLeases(this.#context.pool, leases)
    for (const { runId, attempt } of leases) {
      const active = this.#active.get(runId)
      if (active?.lease.attempt !== attempt) continue
      if (!held.has(runId)) active.lose(this.loss)
      else if (held.get(runId)) active.stop('cancel')
    }
  }
}

/** Rejects when the database had its time to answer. A timer that is late itself proves nothing: the answer may be there, unread. */
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
  throw new Error(`no answer within ${renewWithinMs} ms`)
}
