import { randomUUID } from 'node:crypto'
import { moveAttemptToChild } from '../../store/queries/run-attempts.ts'
import { retryWhileLeased } from '../../store/retry-while-leased.ts'
import type { ActiveRun } from '../active-run.ts'
import { returnRun } from '../end-run.ts'
import { type AttemptSettings, executeAttempt } from '../execute-attempt.ts'
import type { RunsContext } from '../runs-context.ts'
import { readStartedRun, type StartedRun } from '../start-run.ts'
import { runInChild, type SuspectProgram } from './suspect-child.ts'

/** Time after a run's time limit in which its child process may still write the run's end itself, in milliseconds. */
const timeoutGraceMs = 5_000

export interface SuspectSettings {
  readonly program: SuspectProgram
  /** Callback for metrics, called for each child process that died while this process lived. */
  readonly onDeath: () => void
}

/** Executes suspect runs (runs that may have killed their processes) one at a time, each in its own child process. */
export class Suspects {
  readonly #settings: AttemptSettings & SuspectSettings
  /** The attempt that has the turn: the only attempt at a suspect run that may be executed now. */
  #current: ActiveRun | undefined

  constructor(settings: AttemptSettings & SuspectSettings) {
    this.#settings = settings
  }

  /**
   * Reserves the turn for an attempt: a worker executes one suspect run at a time.
   *
   * @returns false while another attempt has the turn
   */
  reserve(active: ActiveRun): boolean {
    this.#current ??= active
    return this.#current === active
  }

  release(active: ActiveRun): void {
    if (this.#current === active) this.#current = undefined
  }

  /**
   * Executes the suspect run that has the turn. When this resolves, the end of the attempt is written, unless the lease was lost.
   *
   * @param context dependencies for work in the tenant of the run
   */
  async execute(context: RunsContext, active: ActiveRun, started: StartedRun): Promise<void> {
    const { instanceId, log, pool } = context
    const { lease, lost } = active
    const { limits, onEnd, program } = this.#settings
    const { run_id, thread_id, graph_id } = started.run
    const ofRun = log.child({ run_id, thread_id, graph_id, attempt: lease.attempt + 1 })
    const childId = randomUUID()
    await retryWhileLeased(() => moveAttemptToChild(pool, lease, childId, instanceId), active)
    ofRun.warn('suspect_start')
    // The child ends the run itself at its time limit, unless its event loop is blocked.
    const left = limits.seconds * 1_000 - started.runningMs
    const timeout = setTimeout(() => active.stop('timeout'), Math.max(left, 0) + timeoutGraceMs)
    const end = await runInChild(active, program, childId).finally(() => clearTimeout(timeout))
    if (end.kind === 'finished') {
      ofRun.info({ status: end.ended?.status }, 'suspect_passed')
      if (end.ended) onEnd(end.ended)
    } else if (active.stopReason) {
      await this.#endStopped(context, active)
    } else if (end.kind === 'died') {
      this.#settings.onDeath()
      ofRun.error({ reason: end.detail }, 'suspect_died')
      await retryWhileLeased(() => returnRun(context, lease, 'process_died', end.detail), { signal: lost })
    } else if (end.kind === 'not-started') {
      ofRun.error({ reason: end.detail }, 'suspect_not_started')
      await retryWhileLeased(() => returnRun(context, lease, 'returned', end.detail), { signal: lost })
    }
  }

  /** Writes the end of a stopped run, because its child process did not write it. */
  async #endStopped(context: RunsContext, active: ActiveRun): Promise<void> {
    const started = await readStartedRun(context, active.lease)
    if (started) await executeAttempt(context, this.#settings, active, { ...started, instead: 'stopped' })
  }
}
