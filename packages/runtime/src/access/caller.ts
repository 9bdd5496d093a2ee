import { type Role, roles } from '@hadal/platform/access'
import { defaultTenant, type Scope, wholeTenant } from '../store/scope.ts'
import type { Authorize } from './authorize.ts'

/** Who sent a request, as the sign-in has verified it. */
export interface Caller {
  readonly tenant: string
  /** Id of the user, unique in the tenant; null on a server without sign-in. */
  readonly user: string | null
  readonly roles: ReadonlySet<Role>
  /** What the caller's requests may see. */
  readonly scope: Scope
  /** The user as agents see it: `langgraph_auth_user` and `runtime.serverInfo.user`. Undefined without sign-in. */
  readonly identity?: UserIdentity
  /**
   * Whether the caller's credential is still valid. It is asked while a request of the caller is open. Undefined for a credential that never ends.
   */
  readonly stillValid?: () => Promise<boolean>
  /** Handlers of the author's own sign-in, which decide about each request. Undefined for the other kinds of sign-in. */
  readonly authorize?: Authorize
}

/** A user in the form of LangGraph's `Auth`. Further fields are those of the author's handler. */
export interface UserIdentity {
  readonly identity: string
  readonly display_name: string
  readonly is_authenticated: boolean
  readonly permissions: readonly string[]
  readonly [field: string]: unknown
}

/** The caller of a server without sign-in, and the server itself: it may do everything. */
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
