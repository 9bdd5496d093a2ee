import type { Logger } from 'pino'
import { currentRun } from './active-run.ts'

/**
 * Creates the process's handler for unhandled promise rejections: it fails the promise's run, and the process continues. Node calls the handler in
 * the async context of the rejection, which identifies the run. Without a run, for example in a callback of a client that all runs share, the
 * rejection is only logged and counted.
 *
 * @param onRejection called for each unhandled rejection, for metrics
 */
export const unhandledRejection =
  (log: Logger, onRejection: () => void) =>
  (reason: unknown): void => {
    const active = currentRun.getStore()
    const ids = active && { run_id: active.lease.runId, thread_id: active.lease.threadId }
    log.error({ ...ids, err: reason }, 'unhandled_rejection')
    onRejection()
    active?.failBy(reason)
  }
