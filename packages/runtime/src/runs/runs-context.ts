import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { LoadedAgents } from '../agents/loaded-agent.ts'
import type { Notifications } from '../store/notifications.ts'

/** What everything about runs works with: made once by `main.ts`. */
export interface RunsContext {
  readonly pool: pg.Pool
  readonly boss: PgBoss
  readonly notifications: Notifications
  readonly agents: LoadedAgents
  readonly log: Logger
}

export interface RunLimits {
  /** Supersteps of a graph, whatever its client asks for. */
  readonly steps: number
  /** From a run's first start, restarts included. */
  readonly seconds: number
}
