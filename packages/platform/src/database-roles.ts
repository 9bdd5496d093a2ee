import type { Environment } from './environment.ts'

/**
 * Whether the servers of an environment use other roles of the database than its owner: one that serves requests, and one for the loops that serve all
 * tenants. Row-level security separates tenants only for roles that don't own the tables. A database in the cluster has one role for everything if callers
 * do not sign in, because there is then one tenant only.
 */
export const hasSeparateRoles = ({ access, postgres }: Pick<Environment, 'access' | 'postgres'>): boolean =>
  postgres.kind === 'external' || access.kind !== 'open'

/** Maximum number of connections of one process for the loops that serve all tenants, if they have a role of their own. */
export const loopsPoolSize = 3
