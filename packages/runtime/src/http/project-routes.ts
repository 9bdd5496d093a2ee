import type { Hono } from 'hono'
import type { ProjectApp } from '../agents/load-project-app.ts'
import type { ProjectHttp } from '../agents/project-http.ts'
import { chosenHeaders } from './chosen-headers.ts'
import { health } from './health.ts'
import type { HttpContext } from './http-context.ts'

/** Field `http` of the langgraph.json, and the application that it names. */
export interface ProjectRoutes {
  readonly http: ProjectHttp
  /** The project's own routes. They take precedence over the API, and their middleware also applies to it. */
  readonly app?: ProjectApp
}

/** Adds the routes of the project to those of the API, and logs the request headers that its langgraph.json chooses. */
export function projectRoutes(api: Hono, context: HttpContext): void {
  if (!context.project) return
  const { http, app } = context.project
  if (http.loggingHeaders.includes.length > 0) {
    api.use(async (c, next) => {
      await next()
      const headers = chosenHeaders(c.req.raw.headers, http.loggingHeaders)
      context.log.info({ method: c.req.method, path: c.req.path, status: c.res.status, headers }, 'request')
    })
  }
  // Hono copies routes and their error handlers, so the application may be of another version of Hono.
  if (app) api.route('/', app as unknown as Hono)
  if (http.mountPrefix) api.route('/', health(context))
}
