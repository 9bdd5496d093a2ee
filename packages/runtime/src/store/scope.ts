/**
 * The part of the data that a caller may see: one tenant, and in it the objects of one user or of all. Every query on objects that belong to someone
 * takes a scope.
 */
export interface Scope {
  readonly tenant: string
  /** User who owns what is made in this scope; null without sign-in. */
  readonly owner: string | null
  /** Objects of the tenant that are visible: those of the owner, in addition the threads that wait for an answer, or all. */
  readonly sees: 'own' | 'waiting' | 'all'
}

/** The scope of the server's own work in a tenant, and of callers on a server without sign-in. */
export const wholeTenant = (tenant: string): Scope => ({ tenant, owner: null, sees: 'all' })

/** Tenant of everything on a server without sign-in, and of what was written before the sign-in was configured. */
export const defaultTenant = 'default'
