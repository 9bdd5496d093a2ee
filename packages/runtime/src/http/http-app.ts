import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { assistantGraphs } from './assistant-graphs.ts'
import { assistants } from './assistants.ts'
import { askAuthor } from './authorized.ts'
import { closedRoutes } from './closed-routes.ts'
import { cors } from './cors.ts'
import { health, info } from './health.ts'
import type { HttpContext } from './http-context.ts'
import { ignoredFields } from './ignored-fields.ts'
import { localRequests } from './local-requests.ts'
import { notServed } from './not-served.ts'
import { openApi } from './openapi/openapi.ts'
import { errorAnswer, problemAnswer } from './problem-answer.ts'
import { projectRoutes } from './project-routes.ts'
import { requestLimits } from './request-limit.ts'
import { checkRouteAccess, requireRole } from './route-access.ts'
import { runs } from './runs.ts'
import { signIn } from './sign-in.ts'
import { storeItems } from './store-items.ts'
import { streamLimit } from './stream-limit.ts'
import { threadRetention } from './thread-retention.ts'
import { threadSearch } from './thread-search.ts'
import { threadStates } from './thread-state.ts'
import { threadStream } from './thread-stream.ts'
import { threads } from './threads.ts'

/** Paths of health probes, which are not traced: Kubernetes requests them every few seconds, and their traces would bury all others. */
const probes = new Set(['/health', '/ready', '/ok'])

/** Creates the HTTP application with the LangGraph API, as `@langchain/langgraph-sdk` calls it. */
export function createHttpApp(context: HttpContext): Hono {
  const mountPrefix = context.project?.http.mountPrefix ?? ''
  const app = new Hono()
  app.use(async (c, next) => {
    const begun = performance.now()
    const trace = probes.has(c.req.path)
      ? undefined
      : context.tracing?.request({ method: c.req.method, traceparent: c.req.header('traceparent') })
    c.set('trace', trace)
    await next()
    // Keep-alive connections would bring new requests to a server that shuts down.
    if (context.isDraining()) c.header('Connection', 'close')
    // All paths without a route share one label value. Otherwise a client could create any number of time series.
    const route = c.res.status === 404 && routePath(c, -1) === '/*' ? 'unknown' : routePath(c, -1)
    const seconds = (performance.now() - begun) / 1_000
    context.onAnswer({ method: c.req.method, route, status: c.res.status, seconds })
    trace?.end({ route, status: c.res.status })
  })
  if (context.cors) app.use(cors(context.cors))
  if (context.allowedHosts.length > 0) {
    app.use(localRequests(context.allowedHosts, context.cors?.allows ?? (() => false)))
  }
  app.use(ignoredFields(context.log))
  const limits = context.requestLimit && requestLimits(context.requestLimit)
  if (limits) app.use(limits.beforeSignIn)
  if (context.project) app.use(closedRoutes(context.project.http))
  // Before the routes of the project, which must not be able to break the probes.
  app.route('/', health(context))
  if (context.servesRuns) {
    const api = new Hono()
    api.use(signIn(context, context.authenticate))
    if (limits) api.use(limits.afterSignIn)
    if (context.streamLimit) api.use(streamLimit(context.streamLimit))
    api.use(requireRole(mountPrefix))
    api.use(askAuthor(mountPrefix))
    projectRoutes(api, context)
    const ofProject = api.routes.length
    api.route('/', info(context))
    api.route('/assistants', assistants(context))
    api.route('/assistants', assistantGraphs())
    api.route('/threads', threadSearch())
    api.route('/threads', threads())
    api.route('/threads', threadStates())
    api.route('/threads', threadRetention())
    api.route('/threads', threadStream(context))
    api.route('/', runs(context))
    api.route('/store', storeItems())
    api.route('/', openApi(context))
    // After the routes of the project, which may have a page there.
    api.get('/', (c) => c.json({ ok: true }))
    checkRouteAccess(api.routes.slice(ofProject))
    app.route(mountPrefix || '/', api)
  }
  app.notFound((c) => {
    const unknown = `There is no ${c.req.method} ${c.req.path} on this server. Check the method and the path.`
    return problemAnswer(c, 404, notServed(c.req.path.replace(mountPrefix, '')) ?? unknown)
  })
  app.onError((error, c) => errorAnswer(context, error, c))
  return app
}
