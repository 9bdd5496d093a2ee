import type { Access } from '@hadal/platform/access'
import type { Logger } from 'pino'
import type { AuthorHandlers } from '../agents/load-project-auth.ts'
import type { ProjectAuth } from '../agents/project-auth.ts'
import { anyone, type Caller } from './caller.ts'
import { createCustom } from './custom/create-custom.ts'
import { createOidc } from './oidc/create-oidc.ts'

/**
 * Finds out who sent a request.
 *
 * @throws {Refusal} 401 if the credentials are missing, invalid, expired or revoked; 503 if they can't be verified now
 */
export type Authenticate = (request: Request) => Promise<Caller>

/** What the kinds of sign-in need of the server. */
export interface AccessServices {
  readonly log: Logger
  /** The author's own sign-in; undefined if the langgraph.json has none. */
  readonly author?: { readonly auth: ProjectAuth; readonly handlers: AuthorHandlers } | undefined
  /** Whether the author's own sign-in lets LangGraph Studio in without a check. */
  readonly studio: boolean
}

/** Returns the sign-in that an environment chooses. */
export function createAuthenticate(access: Access, { log, author, studio }: AccessServices): Authenticate {
  if (access.kind === 'open') return async () => anyone
  if (access.kind === 'oidc') return createOidc(access, log)
  if (access.kind === 'custom' && author) return createCustom({ access, ...author, studio, log })
  throw new Error(
    `ACCESS.kind is "${access.kind}", which this server does not support. Use "open", "oidc" or "custom".`,
  )
}
