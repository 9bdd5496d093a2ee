import { isRecord } from '@hadal/middleware/unknown-value'
import type { Context, MiddlewareHandler } from 'hono'
import type { AuthEvent } from '../access/authorize.ts'
import { Refusal } from '../runs/refusal.ts'
import { inScope } from '../runs/runs-context.ts'
import { namespaceProblem } from '../store/item-place.ts'
import type { Scope } from '../store/scope.ts'
import { Metadata } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { apiRoute } from './route-access.ts'
import { routeEvents } from './route-events.ts'

/** Field of the scope for the filter of a handler, by the resource of the event. */
const filterFields = { threads: 'threads', assistants: 'assistants', store: 'items' } as const satisfies Record<
  string,
  keyof Scope
>

/**
 * Calls the author's handler for an event, if the sign-in is the author's own.
 *
 * @param value what the client sent; the handler may change it, so the route uses it afterwards
 * @returns the context of the request with the handler's filter in its scope
 * @throws {Refusal} 403 if the handler refuses; 503 if it fails or leaves an invalid value
 */
export async function authorized(c: Context, event: AuthEvent, value: Record<string, unknown>): Promise<HttpContext> {
  const context = c.get('context')
  const { authorize } = c.get('caller')
  if (!authorize) return context
  const filter = await authorize(event, value)
  const problem = problemOf(value)
  if (problem !== undefined) {
    context.log.error({ handler: event, text: problem }, 'auth_handler_failed')
    throw new Refusal(503, `The handler "${event}" of this server's own sign-in failed. The server log has the reason.`)
  }
  if (!filter) return context
  const [resource] = event.split(':')
  const field = filterFields[resource as keyof typeof filterFields]
  const own = inScope(context, { ...context.scope, [field]: filter })
  return field === 'items' ? { ...own, items: context.items.inScope(own.scope, own.pool) } : own
}

/** Returns what is wrong with a value as the handler left it. */
function problemOf({ metadata, namespace, key, value }: Record<string, unknown>): string | undefined {
  if (key !== undefined && typeof key !== 'string') return 'The handler left a key that is not a string.'
  if (value !== undefined && !isRecord(value)) return 'The handler left a value that is not an object.'
  if (metadata !== undefined && !Metadata.safeParse(metadata).success)
    return 'The handler left metadata that is not a JSON object.'
  if (namespace === undefined) return undefined
  if (!Array.isArray(namespace) || !namespace.every((label) => typeof label === 'string')) {
    return 'The handler left a namespace that is not a list of strings.'
  }
  const problem = namespaceProblem(namespace)
  return problem && `The handler left a namespace that ${problem}.`
}

/** Returns the values of the parameters in the path of a route: in a middleware, Hono does not know the parameters of the route behind it. */
function parametersOf(pattern: string, path: string): Record<string, string> {
  const sent = path.split('/')
  const named = pattern.split('/').flatMap((part, index): [string, string][] => {
    const value = sent[index]
    return part.startsWith(':') && value !== undefined ? [[part.slice(1), value]] : []
  })
  return Object.fromEntries(named)
}

/** Middleware that calls the author's handler for the event of a route in {@link routeEvents}, and sets `context` with the handler's filter. */
export function askAuthor(mountPrefix: string): MiddlewareHandler {
  return async (c, next) => {
    if (c.get('caller').authorize) {
      const route = apiRoute(c, mountPrefix)
      const event = route && routeEvents[route.name]
      if (route && event && event !== 'itself' && event !== 'none') {
        c.set('context', await authorized(c, event, parametersOf(route.path, c.req.path)))
      }
    }
    await next()
  }
}
