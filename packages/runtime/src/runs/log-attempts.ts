import type { Logger } from 'pino'
import type { Metrics } from '../metrics/create-metrics.ts'
import type { AttemptReason, ClosedAttempt } from '../store/queries/run-attempts.ts'

const orderly: ReadonlySet<AttemptReason> = new Set(['ended', 'returned'])

/** Counts the ends of attempts by reason, and logs a warning for lost attempts. Other ends have their own log event, `run_end` or `run_returned`. */
export const logAttempts =
  (log: Logger, metrics: Pick<Metrics, 'attemptEnded'>) =>
  ({ run_id, attempt, reason }: ClosedAttempt): void => {
    metrics.attemptEnded(reason)
    if (!orderly.has(reason)) log.warn({ run_id, attempt: attempt + 1, reason }, 'attempt_ended')
  }
