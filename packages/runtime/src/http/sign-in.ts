import type { MiddlewareHandler } from 'hono'
import type { Authenticate } from '../access/authenticate.ts'
import type { Caller } from '../access/caller.ts'
import { inScope } from '../runs/runs-context.ts'
import type { HttpContext } from './http-context.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who sent the request. */
    caller: Caller
    /** Dependencies of the request's handler, in the scope of the caller. */
    context: HttpContext
  }
}

/** Middleware that lets only callers pass that have signed in, and sets `caller` and `context` for the routes behind it. */
export const signIn =
  (context: HttpContext, authenticate: Authenticate): MiddlewareHandler =>
  async (c, next) => {
    const caller = await authenticate(c.req.raw)
    c.set('caller', caller)
    const own = inScope(context, caller.scope)
    const items = context.items.inScope(caller.scope, own.pool)
    c.set('context', { ...own, items, reads: context.readsOf(caller.tenant) })
    await next()
  }
