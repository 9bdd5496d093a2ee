import type { Access } from '@hadal/platform/access'
import type { Logger } from 'pino'
import type { AuthorHandlers } from '../../agents/load-project-auth.ts'
import type { ProjectAuth } from '../../agents/project-auth.ts'
import { Refusal } from '../../runs/refusal.ts'
import { parseMetadataFilter } from '../../store/metadata-filter.ts'
import type { Authenticate } from '../authenticate.ts'
import { type AuthEvent, type Authorize, authEvents } from '../authorize.ts'
import type { Caller, UserIdentity } from '../caller.ts'
import { refusesCredential } from '../refuses-credential.ts'
import { SignInRefused } from '../sign-in-refused.ts'
import { authorException } from './author-exception.ts'
import { customCaller, studioUser, userOf } from './custom-user.ts'
import { stillSignedIn } from './still-signed-in.ts'
import { UserCache } from './user-cache.ts'

type Handler = AuthorHandlers['callbacks'][string]

interface CustomSettings {
  readonly access: Extract<Access, { kind: 'custom' }>
  readonly auth: ProjectAuth
  readonly handlers: AuthorHandlers
  /** Whether LangGraph Studio is let in without a check, unless `auth.disable_studio_auth`. */
  readonly studio: boolean
  readonly log: Logger
}

/** Returns the handler of an event. Only the most specific one is called, as in LangGraph. */
function handlerOf({ callbacks }: AuthorHandlers, event: AuthEvent): Handler | undefined {
  const [resource = '', action = ''] = event.split(':')
  for (const name of [event, resource, `*:${action}`, '*']) if (Object.hasOwn(callbacks, name)) return callbacks[name]
  return undefined
}

/** The request without its body, which the routes read. */
const withoutBody = ({ url, method, headers }: Request): Request => new Request(url, { method, headers })

/** Creates the sign-in by the author's own `Auth`. */
export function createCustom({ access, auth, handlers, studio, log }: CustomSettings): Authenticate {
  const cache = auth.cache && new UserCache(auth.cache)
  logStart(log, handlers, access.tenantField)

  /** Logs the error of a handler, and returns a 503: after a failed handler the server lets nobody in. */
  const failed = (error: unknown, by: string): Refusal => {
    log.error({ err: error, handler: by }, 'auth_handler_failed')
    return new Refusal(
      503,
      `The handler "${by}" of this server's own sign-in failed. The server log has the reason. Retry later.`,
    )
  }

  const authorizeAs =
    (user: UserIdentity): Authorize =>
    async (event, value) => {
      const handler = handlerOf(handlers, event)
      if (!handler) return undefined
      const [resource = '', action = ''] = event.split(':')
      let answer: unknown
      try {
        answer = await handler({ event, resource, action, value, user, permissions: user.permissions })
        if (answer === undefined || answer === null || answer === true) return undefined
        if (answer !== false) return parseMetadataFilter(answer)
      } catch (error) {
        throw authorException(error) ?? failed(error, event)
      }
      throw new Refusal(403, `You may not do this: the server's own sign-in refuses ${event} to this user.`)
    }

  const callerOf = (user: UserIdentity): Caller => ({
    ...customCaller(user, access.tenantField),
    authorize: authorizeAs(user),
  })

  /** Returns the user of a request; undefined if the author's code identifies none. @throws errors of the author's code */
  const identified = async (request: Request): Promise<Caller | undefined> => {
    const cached = cache?.get(request.headers)
    if (cached) return cached
    const user = userOf(await handlers.authenticate(withoutBody(request)))
    const caller = user && callerOf(user)
    if (caller) cache?.set(request.headers, caller)
    return caller
  }

  let isFailing = false
  /** Whether the author's code still identifies the same user. After a failure, which decides nothing, the user stays signed in. */
  const isSame = async (request: Request, { tenant, user }: Caller): Promise<boolean> => {
    try {
      const now = await identified(request)
      isFailing = false
      return now?.tenant === tenant && now.user === user
    } catch (error) {
      const { status = 500 } = authorException(error) ?? {}
      if (refusesCredential(status)) return false
      if (!isFailing) failed(error, 'authenticate')
      isFailing = true
      return true
    }
  }

  return async (request) => {
    const isStudio = request.headers.get('x-auth-scheme') === 'langsmith'
    if (isStudio && studio && !auth.disableStudio) return callerOf(studioUser)
    const caller = await identified(request).catch((error: unknown) => {
      throw authorException(error) ?? failed(error, 'authenticate')
    })
    if (!caller) throw new SignInRefused('invalid', "The server's own sign-in has not identified a user.")
    return { ...caller, stillValid: stillSignedIn(() => isSame(request, caller)) }
  }
}

function logStart(log: Logger, handlers: AuthorHandlers, tenantField: string): void {
  const text = `Users whose object has no field "${tenantField}" are all in one tenant, "default".`
  log.warn({ text }, 'one_tenant')
  const open = authEvents.filter((event) => !handlerOf(handlers, event))
  if (open.length === 0) return
  const shared = `The Auth has no handler for ${open.join(', ')}: every user may do this with everything of its tenant.`
  log.warn({ text: shared }, 'events_without_handler')
}
