import type pg from 'pg'
import type { Logger } from 'pino'
import { insertSignIn } from '../store/queries/audit.ts'
import type { Caller } from './caller.ts'
import { setNewest } from './set-newest.ts'

const hourMs = 3_600_000
/** Maximum number of users that a process remembers. */
const mostRemembered = 10_000

/**
 * Returns a function that writes sign-ins of administrators into the audit, each user's at most once per hour. A request does not wait for it.
 *
 * @param pool connections of a tenant
 */
export function auditSignIns(pool: pg.Pool, log: Logger): (caller: Caller) => void {
  const recorded = new Map<string, number>()
  return ({ tenant, user, roles }) => {
    if (user === null || !roles.has('administer')) return
    const who = JSON.stringify([tenant, user])
    const now = performance.now()
    if (now - (recorded.get(who) ?? Number.NEGATIVE_INFINITY) < hourMs) return
    setNewest(recorded, who, now, mostRemembered)
    insertSignIn(pool, tenant, user).catch((error: unknown) => {
      recorded.delete(who)
      log.warn({ err: error }, 'audit_failed')
    })
  }
}
