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
  readonly spending: Spending
}

/** Creates the observers of an attempt at a run: for its log, its metrics, its spending and, if tracing is configured, its spans. */
export const observeRun =
  ({ log, metrics, redactor, tracing, spending }: Watchers) =>
  (run: ObservedRun): RunObservation => {
    const traced = tracing?.run(run)
    const ids = {
      run_id: run.runId,
      thread_id: run.threadId,
      tenant: run.tenant,
      ...(traced ? { trace_id: traced.traceId } : {}),
    }
    const ofRun = log.child(ids)
    const usage = spending.observer(run, ofRun)
    // RunObserver comes first: it redacts errors before the other observers get them.
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
