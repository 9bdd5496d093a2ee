import type { Logger } from 'pino'
import type { CallMetrics } from '../metrics/create-metrics.ts'
import type { Redactor } from '../secrets/create-redactor.ts'
import type { Spending } from '../spending/create-spending.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { ObservedRun, RunObservation } from './execute-attempt.ts'
import { RunObserver } from './run-observer.ts'

interface Watchers {
  readonly log: Logger
  readonly metrics: CallMetrics
  readonly redactor: Redactor
  readonly tracing: Tracing | undefined
  readonly tenant: string
  readonly spending: Spending
}

/** What watches each attempt at a run: its log, its metrics, what it uses and, where they are asked for, its spans. */
export const observeRun =
  ({ log, metrics, redactor, tracing, tenant, spending }: Watchers) =>
  (run: ObservedRun): RunObservation => {
    const traced = tracing?.run({ ...run, tenant })
    const ids = {
      run_id: run.runId,
      thread_id: run.threadId,
      tenant,
      ...(traced ? { trace_id: traced.traceId } : {}),
    }
    // It comes first: it cleans an error for whoever hears of it after.
    const ofRun = log.child(ids)
    const usage = spending.observer(run, ofRun)
    const observers = [new RunObserver(ofRun, metrics, redactor), usage]
    return {
      callbacks: traced ? [...observers, traced.handler] : observers,
      ids,
      async end(errorType) {
        traced?.end(errorType)
        await usage.flush()
      },
    }
  }
