import type { Environment } from '@hadal/platform/environment'
import { postgresNames } from '@hadal/platform/names'

/** Schemas of the server's and the queue's tables. Pulumi creates them, so that their grants exist before the first migration. */
export const ownSchemas = ['hadal', 'pgboss'] as const

/** Schema of the checkpointer. Every database has it from the beginning, so Pulumi neither creates nor drops it. */
export const sharedSchema = 'public'

/**
 * Names of an environment's database and roles on a shared server. All databases of a server share their roles, so each name includes the
 * environment's.
 */
export interface DatabaseNames {
  readonly database: string
  readonly owner: string
  readonly application: string
  readonly reader: string
}

/** Names with at most 61 characters, because an environment's name has at most 40. PostgreSQL truncates names after 63. */
export function databaseNames({ name }: Pick<Environment, 'name'>): DatabaseNames {
  const own = `${postgresNames.database}_${name.replaceAll('-', '_')}`
  return { database: own, owner: own, application: `${own}_app`, reader: `${own}_reader` }
}
