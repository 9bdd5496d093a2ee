import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Removal, RemovedBatch } from './removal.ts'

export interface SweeperOptions {
  readonly removals: readonly Removal[]
  /** Time in milliseconds between the end of a sweep and the start of the next one. */
  readonly everyMs: number
  readonly log: Logger
  /** Callback for metrics, called after each batch. */
  readonly onRemoved?: (kind: string, removed: number) => void
  /** Callback for metrics, called with the kind of a removal that failed. */
  readonly onError?: (kind: string) => void
}

/** Pause after a batch, as a multiple of the batch's duration: the removals of one process use the database for at most a quarter of the time. */
const pausePerBatch = 3

/** Removes data that has outlived its time from the database, at regular intervals, in each process that executes runs. */
export class Sweeper {
  readonly #options: SweeperOptions
  readonly #stopped = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> | undefined

  constructor(options: SweeperOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#stopped.signal.aborted) return
    this.#timer = setTimeout(() => {
      this.#sweeping = this.sweep().finally(() => this.start())
    }, this.#options.everyMs)
  }

  /** Stops the sweeps. Resolves when the batch that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    clearTimeout(this.#timer)
    await this.#sweeping
  }

  /** Removes everything that is due now. A removal that fails does not prevent the others. */
  async sweep(): Promise<void> {
    for (const removal of this.#options.removals) {
      if (this.#stopped.signal.aborted) return
      try {
        await this.#removeAll(removal)
      } catch (error) {
        this.#options.onError?.(removal.kind)
        this.#options.log.warn({ err: error, kind: removal.kind }, 'sweep_failed')
      }
    }
  }

  async #removeAll({ kind, removeBatch }: Removal): Promise<void> {
    const { signal } = this.#stopped
    let batch: RemovedBatch
    do {
      const begun = performance.now()
      batch = await removeBatch()
      this.#options.onRemoved?.(kind, batch.removed)
      const pauseMs = (performance.now() - begun) * pausePerBatch
      if (batch.more) await pause(pauseMs, undefined, { signal }).catch(() => {})
    } while (batch.more && !signal.aborted)
  }
}
