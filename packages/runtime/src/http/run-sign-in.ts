import type { Access, Role } from '@hadal/platform/access'
import type { Authenticate } from '../access/authenticate.ts'
import { anyone, scopeOf } from '../access/caller.ts'
import { Refusal } from '../runs/refusal.ts'
import { wholeTenant } from '../store/scope.ts'
import { callingRun } from './loopback.ts'

/** Roles of an agent that calls its own server. It has no role to answer questions, because it could then answer its own. */
const rolesOfRuns: ReadonlySet<Role> = new Set(['read', 'run'])

/** Sign-in of the calls that agents make to their own server: each acts as the user of its run, in the run's tenant, with the tokens of that user. */
export function runSignIn(access: Access): Authenticate {
  if (access.kind === 'open') return async () => anyone
  return async (request) => {
    const actor = callingRun(request)?.actor
    if (!actor) {
      throw new Refusal(
        401,
        'A client without a URL calls this server as the user of a run, but this call was made outside of a run. Make it in a node or a tool, or give the client the URL of the server and credentials.',
      )
    }
    const { tenant, owner, user, credentials } = actor
    const scope = owner === null ? wholeTenant(tenant) : scopeOf(tenant, owner, rolesOfRuns, access.share)
    const identity = user && { ...credentials.user, ...user }
    return { tenant, user: owner, roles: rolesOfRuns, scope, ...(identity ? { identity } : {}) }
  }
}
