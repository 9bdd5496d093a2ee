import type { Logger } from 'pino'
import { currentRun } from './active-run.ts'

/**
 * Handles a promise that was rejected and that nothing awaited: its run fails, and the process goes on. Node calls the handler in the async
 * context of the rejection, which names the run. Where there is none, such as in a callback of a client that all runs share, the rejection is
 * only logged and counted.
 *
 * @param onRejection counts it
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
