import type { Hono } from 'hono'
import type { AuthEvent } from '../access/authorize.ts'

/**
 * The event of the author's `Auth` of which a route asks the handler. `itself`: the route asks, because the handler may change what the client sent.
 * `none`: the route is about no object of a user.
 */
export const routeEvents: Readonly<Record<string, AuthEvent | 'itself' | 'none'>> = {
  'POST /assistants': 'itself',
  'POST /assistants/search': 'itself',
  'POST /assistants/count': 'itself',
  'GET /assistants/:assistant_id': 'assistants:read',
  'PATCH /assistants/:assistant_id': 'itself',
  'DELETE /assistants/:assistant_id': 'itself',
  'POST /assistants/:assistant_id/versions': 'assistants:read',
  'POST /assistants/:assistant_id/latest': 'assistants:update',
  'GET /assistants/:assistant_id/graph': 'assistants:read',
  'GET /assistants/:assistant_id/schemas': 'assistants:read',
  'GET /assistants/:assistant_id/subgraphs': 'assistants:read',
  'GET /assistants/:assistant_id/subgraphs/:namespace': 'assistants:read',
  'POST /threads': 'itself',
  'POST /threads/search': 'itself',
  'POST /threads/count': 'itself',
  'POST /threads/prune': 'threads:delete',
  'GET /threads/:thread_id': 'threads:read',
  'PATCH /threads/:thread_id': 'itself',
  'DELETE /threads/:thread_id': 'threads:delete',
  'POST /threads/:thread_id/copy': 'itself',
  'GET /threads/:thread_id/storage': 'threads:read',
  'GET /threads/:thread_id/state': 'threads:read',
  'POST /threads/:thread_id/state': 'threads:update',
  'PATCH /threads/:thread_id/state': 'itself',
  'GET /threads/:thread_id/state/:checkpoint_id': 'threads:read',
  'POST /threads/:thread_id/state/checkpoint': 'threads:read',
  'GET /threads/:thread_id/history': 'threads:read',
  'POST /threads/:thread_id/history': 'threads:read',
  'GET /threads/:thread_id/stream': 'threads:read',
  'GET /threads/:thread_id/runs': 'threads:read',
  'POST /threads/:thread_id/runs': 'itself',
  'POST /threads/:thread_id/runs/stream': 'itself',
  'POST /threads/:thread_id/runs/wait': 'itself',
  'GET /threads/:thread_id/runs/:run_id': 'threads:read',
  'DELETE /threads/:thread_id/runs/:run_id': 'threads:delete',
  'GET /threads/:thread_id/runs/:run_id/join': 'threads:read',
  'GET /threads/:thread_id/runs/:run_id/stream': 'threads:read',
  'POST /threads/:thread_id/runs/:run_id/cancel': 'threads:update',
  'POST /runs': 'itself',
  'POST /runs/stream': 'itself',
  'POST /runs/wait': 'itself',
  'POST /runs/batch': 'itself',
  'POST /runs/cancel': 'threads:update',
  'GET /runs/:run_id/stream': 'threads:read',
  'PUT /store/items': 'itself',
  'GET /store/items': 'itself',
  'DELETE /store/items': 'itself',
  'POST /store/items/search': 'itself',
  'POST /store/namespaces': 'itself',
  'GET /info': 'none',
  'GET /docs': 'none',
  'GET /openapi.json': 'none',
  'GET /': 'none',
}

/** @throws Error that names the routes of an application without an entry in {@link routeEvents} */
export function checkRouteEvents(routes: Hono['routes']): void {
  const names = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  const missing = names.filter((name) => !Object.hasOwn(routeEvents, name))
  if (missing.length > 0)
    throw new Error(
      `No event is declared for ${[...new Set(missing)].join(', ')}. Add an entry to http/route-events.ts.`,
    )
}
