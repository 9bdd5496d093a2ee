import type pg from 'pg'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'

/**
 * What the server lends to every agent that it builds: its connections and what the environment asks of the production stack. A part that
 * the environment switches off is undefined, and its layer is left out.
 */
export interface AgentPlatform {
  readonly log: Logger
  /** Where layers register their metrics, once a process. */
  readonly registry: Registry
  readonly pool: pg.Pool
}
