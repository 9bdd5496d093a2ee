import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Authenticate } from '../access/authenticate.ts'
import type { Caller } from '../access/caller.ts'
import { refusesCredential } from '../access/refuses-credential.ts'
import { SignInRefused } from '../access/sign-in-refused.ts'
import { Refusal } from '../runs/refusal.ts'
import { inScope } from '../runs/runs-context.ts'
import type { HttpContext } from './http-context.ts'
import { OpenRequests } from './open-requests.ts'
import { addressOf } from './request-limit.ts'
import { SampledLines } from './sampled-lines.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Who sent the request. */
    caller: Caller
    /** Whether the sign-in has refused the credential of the request. Undefined otherwise. */
    signInFailed?: boolean
    /** Dependencies of the request's handler, in the scope of the caller. */
    context: HttpContext
  }
}

/**
 * Middleware that lets only callers pass that have signed in, and sets `caller` and `context` for the routes behind it. It cuts the connection of a request
 * whose caller's credential ends before the request does.
 */
export function signIn(
  context: HttpContext,
  authenticate: Authenticate,
): MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> {
  const open = new OpenRequests(context.log)
  const refusals = new SampledLines()
  return async (c, next) => {
    const caller = await authenticate(c.req.raw).catch((error: unknown) => {
      const isKnown = error instanceof Refusal || error instanceof HTTPException
      if (isKnown && refusesCredential(error.status)) c.set('signInFailed', true)
      if (error instanceof SignInRefused) {
        const { outcome, keyId } = error
        const address = addressOf(c, context.trustedProxies)
        const line = { outcome, key_id: keyId, address, method: c.req.method, path: c.req.path }
        refusals.write((omitted) => context.log.warn({ ...line, omitted }, 'sign_in_refused'))
      }
      throw error
    })
    c.set('caller', caller)
    const own = inScope(context, caller.scope)
    const items = context.items.inScope(caller.scope, own.pool)
    c.set('context', { ...own, items, reads: context.readsOf(caller.tenant) })
    const outgoing = c.env?.outgoing
    // The client may have closed the connection during the sign-in.
    if (caller.stillValid && outgoing && !outgoing.closed) {
      outgoing.once(
        'close',
        open.add(caller, () => outgoing.destroy()),
      )
    }
    await next()
  }
}
