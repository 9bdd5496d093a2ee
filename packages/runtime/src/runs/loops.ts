import type pg from 'pg'
import type { PgBoss } from 'pg-boss'

/**
 * Connections of the loops, which serve all tenants: claims, leases, the death watch, expiry, retention and metrics. Row-level security shows them
 * every row, so nothing that handles HTTP requests may use them.
 */
export interface Loops {
  readonly pool: pg.Pool
  /** The queue on these connections, for its maintenance. */
  readonly boss: PgBoss
}
