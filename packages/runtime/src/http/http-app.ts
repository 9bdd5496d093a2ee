import { Hono } from 'hono'
import { routePath } from 'hono/route'
import { assistants } from './assistants.ts'
import { health } from './health.ts'
import type { HttpContext } from './http-context.ts'
import { errorAnswer, problemAnswer } from './problem-answer.ts'
import { requestLimit } from './request-limit.ts'
import { runs } from './runs.ts'
import { threadStates } from './thread-state.ts'
import { threads } from './threads.ts'

/** Asked every few seconds by whoever keeps the process alive: traces of it would bury the others. */
const probes = new Set(['/health', '/ready', '/ok'])

/** The LangGraph API, as `@langchain/langgraph-sdk` calls it. */
export function createHttpApp(context: HttpContext): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    const begun = performance.now()
    const trace = probes.has(c.req.path)
      ? undefined
      : context.tracing?.request({ method: c.req.method, traceparent: c.req.header('traceparent') })
    c.set('trace', trace)
    await next()
    // Keep-alive connections would bring new requests to a server that goes.
    if (context.isDraining()) c.header('Connection', 'close')
    // A path that no route has is one label value for all, or anybody could make a metric grow without end.
    const route = c.res.status === 404 && routePath(c, -1) === '/*' ? 'unknown' : routePath(c, -1)
    const seconds = (performance.now() - begun) / 1_000
    context.onAnswer({ method: c.req.method, route, status: c.res.status, seconds })
    trace?.end({ route, status: c.res.status })
  })
  if (context.requestLimit) app.use(requestLimit(context.requestLimit))
  app.route('/', health(context))
  if (context.servesRuns) {
    app.route('/assistants', assistants(context))
    app.route('/threads', threads(context))
    app.route('/threads', threadStates(context))
    app.route('/', runs(context))
  }
  app.notFound((c) => problemAnswer(c, 404, `There is no ${c.req.method} ${c.req.path} on this server.`))
  app.onError((error, c) => errorAnswer(context, error, c))
  return app
}
