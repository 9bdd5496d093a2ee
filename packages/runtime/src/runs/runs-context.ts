import type { BaseStore } from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { ListedAgents } from '../agents/loaded-agent.ts'
import type { DecisionKind } from '../approvals/approval-metrics.ts'
import type { Redactor } from '../secrets/create-redactor.ts'
import { type EventRows, eventRowsOf } from '../store/event-rows.ts'
import type { Notifications } from '../store/notifications.ts'
import type { ClosedAttempt } from '../store/queries/run-attempts.ts'
import type { Scope } from '../store/scope.ts'
import type { TenantPools } from '../store/tenant-pools.ts'
import type { CreateLangSmithTracer } from '../tracing/create-langsmith-tracer.ts'
import type { Places } from './places.ts'
import type { RunActor } from './run-actor.ts'
import type { RunWatch } from './run-watch.ts'
import type { TenantLimits } from './tenant-limits.ts'
import type { ThreadWatch } from './thread-watch.ts'

/** Dependencies of all code that handles runs. `openRuns` creates it once per process. */
export interface RunsContext {
  /** Connections for work in the tenant of {@link scope}. */
  readonly pool: pg.Pool
  /** Connections for work in other tenants: see {@link inScope}. */
  readonly pools: TenantPools
  readonly boss: PgBoss
  readonly notifications: Notifications
  readonly eventRows: EventRows
  readonly runWatch: RunWatch
  readonly threadWatch: ThreadWatch
  /** Free places for runs in this process, which may start a run at once. */
  readonly places: Places
  readonly agents: ListedAgents
  readonly log: Logger
  /** Identifies this process in the database, for example in `hadal.run_attempt`. */
  readonly instanceId: string
  /** Part of the data that the work may see: that of the caller, or the whole tenant of a run. */
  readonly scope: Scope
  /** Limits of the runs of a tenant and of a user. */
  readonly limits: TenantLimits
  /** Redacts the errors that are stored with runs and sent to clients. */
  readonly redactor: Redactor
  /** Returns the store that a run's graph uses: the items of the run's user, or of the tenant without sign-in. */
  readonly storeOf: (actor: RunActor | undefined) => BaseStore
  /** Creates the tracer of a run that a client wants traced in a project of its own; undefined if the server does not trace to LangSmith. */
  readonly langSmith?: CreateLangSmithTracer | undefined
  /** Called with each ended attempt after the database has recorded it, for log and metrics. */
  readonly onAttemptEnd?: (attempt: ClosedAttempt) => void
  /** Called with the kind of each decision on an approval, for metrics. */
  readonly onDecision?: (kind: DecisionKind) => void
  /**
   * Callback for metrics, called for each record in a thread's state whose class the agent's author did not list in `serializable`. The record is
   * read as plain data.
   */
  readonly onUnknownClass?: () => void
}

/** Returns the same dependencies for work in another scope. */
export const inScope = <Context extends RunsContext>(context: Context, scope: Scope): Context => {
  const pool = context.pools.of(scope.tenant)
  return { ...context, scope, pool, eventRows: eventRowsOf(pool) }
}

/** Limits of every run of this server. */
export interface RunLimits {
  /** Maximum number of supersteps of a run's graph; a client can only lower it. */
  readonly steps: number
  /** Maximum duration of a run in seconds, from its first start and over all attempts. */
  readonly seconds: number
  /** Maximum size of an event of the run, as JSON, in bytes. */
  readonly eventBytes: number
}
