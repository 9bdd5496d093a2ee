import { type Role, roles } from '@hadal/platform/access'
import { defaultTenant, type Scope, wholeTenant } from '../store/scope.ts'
import type { Authorize } from './authorize.ts'

/** The verified sender of a request. */
export interface Caller {
  readonly tenant: string
  /** Id of the user, unique in the tenant; null on a server without sign-in. */
  readonly user: string | null
  readonly roles: ReadonlySet<Role>
  /** The objects of the tenant that the caller's requests may use. */
  readonly scope: Scope
  /** The user object that agents get as `langgraph_auth_user` and `runtime.serverInfo.user`. Undefined without sign-in. */
  readonly identity?: UserIdentity
  /** Returns whether the caller's credential is still valid, for requests that stay open. Undefined if the validity of the credential never ends. */
  readonly stillValid?: () => Promise<boolean>
  /** Calls the handlers of the author's own sign-in, which decide about each request. Undefined for the other kinds of sign-in. */
  readonly authorize?: Authorize
}

/** A user object of LangGraph's `Auth`. The author's handler may add further fields. */
export interface UserIdentity {
  readonly identity: string
  readonly display_name: string
  readonly is_authenticated: boolean
  readonly permissions: readonly string[]
  readonly [field: string]: unknown
}

/** The caller of each request to a server without sign-in. It may do everything in the default tenant. */
export const anyone: Caller = {
  tenant: defaultTenant,
  user: null,
  roles: new Set(roles),
  scope: wholeTenant(defaultTenant),
}

/**
 * Returns the scope of a user with roles.
 *
 * @param share field `access.share` of the environment
 */
export function scopeOf(tenant: string, user: string, has: ReadonlySet<Role>, share: 'none' | 'tenant'): Scope {
  if (share === 'tenant' || has.has('administer')) return { tenant, owner: user, sees: 'all' }
  return { tenant, owner: user, sees: has.has('approve') ? 'waiting' : 'own' }
}
