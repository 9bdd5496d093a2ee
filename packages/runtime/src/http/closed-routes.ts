import type { MiddlewareHandler } from 'hono'
import type { ProjectHttp, RouteGroup } from '../agents/project-http.ts'
import { problemAnswer } from './problem-answer.ts'

/** Paths of the groups of routes that a langgraph.json can remove. */
const paths: Readonly<Record<RouteGroup, RegExp>> = {
  assistants: /^\/assistants(\/|$)/,
  threads: /^\/threads(?!\/[^/]+\/(runs|stream|commands)(\/|$))(\/|$)/,
  runs: /^\/(runs|threads\/[^/]+\/(runs|stream|commands))(\/|$)/,
  store: /^\/store(\/|$)/,
  meta: /^\/(info|docs|openapi\.json|metrics)(\/|$)/,
  ui: /^\/ui(\/|$)/,
  mcp: /^\/mcp(\/|$)/,
  a2a: /^\/(a2a(\/|$)|\.well-known\/agent-card)/,
  webhooks: /^\/webhooks(\/|$)/,
}

/** Middleware that answers the routes that a langgraph.json removes with 404. The health probes stay. */
export function closedRoutes({
  disabled,
  mountPrefix,
}: Pick<ProjectHttp, 'disabled' | 'mountPrefix'>): MiddlewareHandler {
  return async (c, next) => {
    const path = c.req.path.startsWith(`${mountPrefix}/`) ? c.req.path.slice(mountPrefix.length) : c.req.path
    const group = [...disabled].find((each) => paths[each].test(path))
    if (group === undefined) return next()
    return problemAnswer(
      c,
      404,
      `${c.req.method} ${c.req.path} is switched off by http.disable_${group} of the langgraph.json.`,
    )
  }
}
