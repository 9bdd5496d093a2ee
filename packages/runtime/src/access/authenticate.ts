import type { Access } from '@hadal/platform/access'
import { HTTPException } from 'hono/http-exception'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { AuthorHandlers } from '../agents/load-project-auth.ts'
import type { ProjectAuth } from '../agents/project-auth.ts'
import type { Notifications } from '../store/notifications.ts'
import { createKeySignIn } from './api-keys/create-key-sign-in.ts'
import { auditSignIns } from './audit-sign-ins.ts'
import { anyone, type Caller } from './caller.ts'
import { createCustom } from './custom/create-custom.ts'
import { createOidc } from './oidc/create-oidc.ts'
import { rememberUsers } from './remember-users.ts'
import { createSignInMetrics } from './sign-in-metrics.ts'
import { type SignInOutcome, SignInRefused } from './sign-in-refused.ts'

/**
 * Finds out who sent a request.
 *
 * @throws {SignInRefused} 401 if the credentials are missing, invalid, expired or revoked; 503 if they can't be verified now
 */
export type Authenticate = (request: Request) => Promise<Caller>

/** Dependencies of the kinds of sign-in. */
export interface AccessServices {
  readonly pool: pg.Pool
  readonly notifications: Notifications
  readonly log: Logger
  readonly registry: Registry
  /** The author's own sign-in; undefined if the langgraph.json has none. */
  readonly author?: { readonly auth: ProjectAuth; readonly handlers: AuthorHandlers } | undefined
  /** Whether the author's own sign-in lets LangGraph Studio in without a check. */
  readonly studio: boolean
}

/** Returns the sign-in that an environment chooses, which counts its outcomes. */
export function createAuthenticate(access: Access, services: AccessServices): Authenticate {
  if (access.kind === 'open') return async () => anyone
  const authenticate = signInOf(access, services)
  const count = createSignInMetrics(services.registry, access.kind)
  // The use of an API key is recorded with its row.
  const audit = access.kind === 'api-keys' ? undefined : auditSignIns(services.pool, services.log)
  // The database gives the user of an API key a pseudonym with the key.
  const remember = access.kind === 'api-keys' ? undefined : rememberUsers(services)
  return async (request) => {
    try {
      const caller = await authenticate(request)
      count('accepted')
      audit?.(caller)
      await remember?.(caller)
      return caller
    } catch (error) {
      count(outcomeOf(error))
      throw error
    }
  }
}

function outcomeOf(error: unknown): SignInOutcome {
  if (error instanceof SignInRefused) return error.outcome
  // The author's own sign-in refuses with exceptions of any status.
  return error instanceof HTTPException && error.status < 500 ? 'invalid' : 'unavailable'
}

function signInOf(access: Exclude<Access, { kind: 'open' }>, services: AccessServices): Authenticate {
  const { author, log, studio } = services
  if (access.kind === 'api-keys') return createKeySignIn(access, services)
  if (access.kind === 'oidc') return createOidc(access, log)
  if (author) return createCustom({ access, ...author, studio, log })
  throw new Error('ACCESS.kind is "custom", but the langgraph.json has no "auth". Add auth.path, or use another kind.')
}
