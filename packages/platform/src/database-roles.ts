import type { Environment } from './environment.ts'

/**
 * Whether the servers of an environment use a database role that serves requests and one for the loops that serve all tenants, neither of which owns the
 * tables. Row-level security separates tenants only for such roles. Without sign-in there is one tenant, and one role does both.
 */
export const hasSeparateRoles = ({ access }: Pick<Environment, 'access'>): boolean => access.kind !== 'open'

/** Whether migrations have an address of their own, with the role that owns the tables. An external database always has one. */
export const hasOwnerAddress = ({ access, postgres }: Pick<Environment, 'access' | 'postgres'>): boolean =>
  postgres.kind === 'external' || hasSeparateRoles({ access })

/** Maximum number of connections of one process for the loops that serve all tenants, if they have a role of their own. They are a part of its pool. */
export const loopsPoolSize = 3
