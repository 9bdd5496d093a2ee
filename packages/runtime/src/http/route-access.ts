import type { Role } from '@hadal/platform/access'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Caller } from '../access/caller.ts'
import { Refusal } from '../runs/refusal.ts'

/** Roles that may call a route: a caller needs one of them. Empty if a caller needs no role. */
export type NeededRoles = readonly Role[]

const anyone: NeededRoles = []
const read: NeededRoles = ['read']
const run: NeededRoles = ['run']
/** Roles of the routes that read threads and runs. A caller with the role `approve` sees those that wait for an answer. */
const readOrApprove: NeededRoles = ['read', 'approve']
/** Roles of the routes that start a run. {@link requireRunRole} allows `approve` only for a run that answers a question. */
const runOrApprove: NeededRoles = ['run', 'approve']

/** Roles that may call each route of the API. The server does not start with a route that has no entry. */
export const routeAccess = {
  'POST /assistants': run,
  'POST /assistants/search': read,
  'POST /assistants/count': read,
  'GET /assistants/:assistant_id': read,
  'PATCH /assistants/:assistant_id': run,
  'DELETE /assistants/:assistant_id': run,
  'POST /assistants/:assistant_id/versions': read,
  'POST /assistants/:assistant_id/latest': run,
  'GET /assistants/:assistant_id/graph': read,
  'GET /assistants/:assistant_id/schemas': read,
  'GET /assistants/:assistant_id/subgraphs': read,
  'GET /assistants/:assistant_id/subgraphs/:namespace': read,
  'POST /threads': run,
  'POST /threads/search': readOrApprove,
  'POST /threads/count': readOrApprove,
  'POST /threads/prune': run,
  'GET /threads/:thread_id': readOrApprove,
  'PATCH /threads/:thread_id': run,
  'DELETE /threads/:thread_id': run,
  'POST /threads/:thread_id/copy': run,
  'GET /threads/:thread_id/storage': read,
  'GET /threads/:thread_id/state': readOrApprove,
  'POST /threads/:thread_id/state': run,
  'PATCH /threads/:thread_id/state': run,
  'GET /threads/:thread_id/state/:checkpoint_id': readOrApprove,
  'POST /threads/:thread_id/state/checkpoint': readOrApprove,
  'GET /threads/:thread_id/history': readOrApprove,
  'POST /threads/:thread_id/history': readOrApprove,
  'GET /threads/:thread_id/stream': readOrApprove,
  'GET /threads/:thread_id/runs': readOrApprove,
  'POST /threads/:thread_id/runs': runOrApprove,
  'POST /threads/:thread_id/runs/stream': runOrApprove,
  'POST /threads/:thread_id/runs/wait': runOrApprove,
  'GET /threads/:thread_id/runs/:run_id': readOrApprove,
  'DELETE /threads/:thread_id/runs/:run_id': run,
  'GET /threads/:thread_id/runs/:run_id/join': readOrApprove,
  'GET /threads/:thread_id/runs/:run_id/stream': readOrApprove,
  'POST /threads/:thread_id/runs/:run_id/cancel': run,
  'POST /runs': run,
  'POST /runs/stream': run,
  'POST /runs/wait': run,
  'POST /runs/batch': run,
  'POST /runs/cancel': run,
  'GET /runs/:run_id/stream': readOrApprove,
  'PUT /store/items': run,
  'GET /store/items': read,
  'DELETE /store/items': run,
  'POST /store/items/search': read,
  'POST /store/namespaces': read,
  'GET /info': anyone,
  'GET /docs': anyone,
  'GET /openapi.json': anyone,
  'GET /': anyone,
} satisfies Readonly<Record<string, NeededRoles>>

/** Method and path of a route of the API, such as `GET /threads/:thread_id`. */
export type ApiRoute = keyof typeof routeAccess

const isApiRoute = (name: string): name is ApiRoute => Object.hasOwn(routeAccess, name)

const has = ({ roles }: Pick<Caller, 'roles'>, needed: NeededRoles): boolean =>
  needed.length === 0 || roles.has('administer') || needed.some((role) => roles.has(role))

/** The 403 error for a caller without a role. @param what what the role is needed for, as the subject of a sentence */
function missingRole({ roles }: Pick<Caller, 'roles'>, what: string, needed: NeededRoles): Refusal {
  const yours = roles.size > 0 ? `yours: ${[...roles].join(', ')}` : 'you have none'
  return new Refusal(
    403,
    `${what} requires the role ${needed.map((role) => `"${role}"`).join(' or ')} (${yours}). Ask an administrator of the tenant for it.`,
    { code: 'role_missing' },
  )
}

/**
 * Checks the role of the caller of a run: `run`, or `approve` for an answer to a question. Answers to questions about tool calls are checked again when
 * the questions are known.
 *
 * @throws {Refusal} 403
 */
export function requireRunRole(caller: Pick<Caller, 'roles'>, answers: boolean): void {
  const needed = answers ? runOrApprove : run
  if (!has(caller, needed)) throw missingRole(caller, 'A run that answers no question', needed)
}

/** @throws {Refusal} 403 for a caller whose disconnect would cancel a run that the caller may not cancel */
export function requireCancelRole(caller: Pick<Caller, 'roles'>): void {
  if (!has(caller, run)) throw missingRole(caller, 'cancel_on_disconnect', run)
}

/** Whether a caller may start runs that do more than answer. */
export const mayRun = (caller: Pick<Caller, 'roles'>): boolean => has(caller, run)

/** Whether a caller may answer questions about tool calls. */
export const mayApprove = (caller: Pick<Caller, 'roles'>): boolean => has(caller, ['approve'])

/**
 * Returns the route of the API that a request reaches, with its name in {@link routeAccess}; undefined if it reaches none. A route of the project for the
 * same path comes first, and may leave the answer to the API.
 */
export function apiRoute(
  c: Context,
  mountPrefix: string,
): { readonly name: ApiRoute; readonly path: string } | undefined {
  for (const { method, path } of matchedRoutes(c)) {
    const name = `${method} ${path.startsWith(`${mountPrefix}/`) ? path.slice(mountPrefix.length) : path}`
    if (isApiRoute(name)) return { name, path }
  }
  return undefined
}

/** Middleware that requires the roles of a route in {@link routeAccess}. The project's own routes need no role. */
export function requireRole(mountPrefix: string): MiddlewareHandler {
  return async (c, next) => {
    const { name } = apiRoute(c, mountPrefix) ?? {}
    const needed = name === undefined ? anyone : routeAccess[name]
    if (name !== undefined && !has(c.get('caller'), needed)) throw missingRole(c.get('caller'), name, needed)
    await next()
  }
}

/** @throws Error that names the routes of an application without an entry in {@link routeAccess} */
export function checkRouteAccess(routes: Hono['routes']): void {
  const names = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  const missing = names.filter((name) => !isApiRoute(name))
  if (missing.length > 0)
    throw new Error(
      `No role is declared for ${[...new Set(missing)].join(', ')}. Add an entry to http/route-access.ts.`,
    )
}
