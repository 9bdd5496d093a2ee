import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../runs/refusal.ts'

/** Paths of responses that stay open until a run ends: streams, and waits for its values. */
const isStream = (path: string): boolean => /\/(stream|wait|join)$/.test(path)

/** Maximum numbers of open streams on this process; 0 for no limit. */
export interface StreamLimit {
  readonly perTenant: number
  readonly perUser: number
}

/** Counts the open streams of tenants and users. */
class Counts {
  readonly #open = new Map<string, number>()

  of(key: string): number {
    return this.#open.get(key) ?? 0
  }

  add(key: string, by: 1 | -1): void {
    const count = this.of(key) + by
    if (count > 0) this.#open.set(key, count)
    else this.#open.delete(key)
  }
}

/**
 * Middleware that refuses a stream with 429 if the caller's user or tenant has the maximum number of open streams on this process, before the run is
 * accepted. It needs the caller, so it comes after the sign-in.
 */
export function streamLimit({
  perTenant,
  perUser,
}: StreamLimit): MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> {
  const open = new Counts()
  return async (c, next) => {
    const outgoing = c.env?.outgoing
    // The server's own calls have no connection.
    if (!outgoing || !isStream(c.req.path)) return next()
    const { tenant, user } = c.get('caller')
    const limits = [
      { key: JSON.stringify([tenant]), most: perTenant, who: 'Your tenant', field: 'limits.streamsPerTenant' },
      ...(user === null
        ? []
        : [{ key: JSON.stringify([tenant, user]), most: perUser, who: 'You', field: 'limits.streamsPerUser' }]),
    ].filter(({ most }) => most > 0)
    const full = limits.find(({ key, most }) => open.of(key) >= most)
    if (full) {
      const has = full.who === 'You' ? 'have' : 'has'
      throw new Refusal(
        429,
        `${full.who} ${has} ${full.most} open streams and waits on this server, the maximum of ${full.field}. Close one, or start the run without a stream and read its result later.`,
      )
    }
    for (const { key } of limits) open.add(key, 1)
    outgoing.once('close', () => {
      for (const { key } of limits) open.add(key, -1)
    })
    await next()
  }
}
