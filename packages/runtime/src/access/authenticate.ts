import type { Access } from '@hadal/platform/access'
import { anyone, type Caller } from './caller.ts'

/**
 * Finds out who sent a request.
 *
 * @throws {Refusal} 401 if the credentials are missing, invalid, expired or revoked; 503 if they can't be verified now
 */
export type Authenticate = (request: Request) => Promise<Caller>

/** Returns the sign-in that an environment chooses. */
export function createAuthenticate(access: Access): Authenticate {
  if (access.kind === 'open') return async () => anyone
  throw new Error(`ACCESS.kind is "${access.kind}", which this server does not support. Use "open".`)
}
