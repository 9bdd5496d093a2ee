import type { Environment } from '@hadal/platform/environment'
import { postgresNames } from '@hadal/platform/names'

/** Schemas of the server's own tables and of the queue's. Made here, so that their grants stand before a migration fills them. */
export const ownSchemas = ['hadal', 'pgboss'] as const

/** The checkpointer's schema, which every database has from the beginning: it is neither made nor dropped here. */
export const sharedSchema = 'public'

/** The database of an environment on a server that others use too, and its roles, which all databases of a server share: each bears its name. */
export interface DatabaseNames {
  readonly database: string
  readonly owner: string
  readonly application: string
  readonly reader: string
}

/** At most 61 characters, since an environment's name has at most 40; PostgreSQL cuts names off after 63. */
export function databaseNames({ name }: Pick<Environment, 'name'>): DatabaseNames {
  const own = `${postgresNames.database}_${name.replaceAll('-', '_')}`
  return { database: own, owner: own, application: `${own}_app`, reader: `${own}_reader` }
}
