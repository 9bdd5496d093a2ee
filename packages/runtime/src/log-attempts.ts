import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { AttemptReason, ClosedAttempt } from './store/queries/run-attempts.ts'

const orderly: ReadonlySet<AttemptReason> = new Set(['ended', 'returned'])

/** Logs and counts why attempts ended; as a warning where the attempt was lost. */
export const logAttempts =
  (log: Logger, metrics: Pick<Metrics, 'attemptEnded'>) =>
  ({ run_id, attempt, reason }: ClosedAttempt): void => {
    metrics.attemptEnded(reason)
    log[orderly.has(reason) ? 'info' : 'warn']({ run_id, attempt: attempt + 1, reason }, 'attempt_ended')
  }
