import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { LoadedAgents } from '../agents/loaded-agent.ts'
import type { DecisionKind } from '../approvals/approval-metrics.ts'
import type { Redactor } from '../secrets/create-redactor.ts'
import type { Notifications } from '../store/notifications.ts'
import type { ClosedAttempt } from '../store/queries/run-attempts.ts'

/** What everything about runs works with: made once by `main.ts`. */
export interface RunsContext {
  readonly pool: pg.Pool
  readonly boss: PgBoss
  readonly notifications: Notifications
  readonly agents: LoadedAgents
  readonly log: Logger
  /** Identifies this process, and what it does, in the database. */
  readonly instanceId: string
  /** Tenant of every run until there is sign-in. */
  readonly tenant: string
  /** For what of an error is kept with a run and goes to clients. */
  readonly redactor: Redactor
  /** Hears why an attempt ended, after the database has it; for the log and metrics. */
  readonly onAttemptEnd?: (attempt: ClosedAttempt) => void
  /** Hears of each decision on a call that waited for a person, for metrics. */
  readonly onDecision?: (kind: DecisionKind) => void
  /** Hears of each record in a thread's state whose class is not allowed: it was read as plain data. */
  readonly onUnknownClass?: () => void
}

export interface RunLimits {
  /** Supersteps of a graph, whatever its client asks for. */
  readonly steps: number
  /** From a run's first start, restarts included. */
  readonly seconds: number
}
