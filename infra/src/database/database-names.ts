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
  readonly loops: string
  readonly reader: string
}

/** Endings with which an environment's name could make its owner equal to another environment's role. */
const reservedEndings = /-(app|loops|reader|owner)$/

/**
 * Names with at most 59 characters, because an environment's name has at most 40. PostgreSQL truncates names after 63. They differ for any two
 * environments: the environment `prod-app` has the owner `deep_agents_prod_app_owner`, because `prod` has the role `deep_agents_prod_app`.
 */
export function databaseNames({ name }: Pick<Environment, 'name'>): DatabaseNames {
  const own = `${postgresNames.database}_${name.replaceAll('-', '_')}`
  const owner = reservedEndings.test(name) ? `${own}_owner` : own
  return { database: own, owner, application: `${own}_app`, loops: `${own}_loops`, reader: `${own}_reader` }
}
