import type pg from 'pg'
import type { Logger } from 'pino'
import type { Notifications } from '../store/notifications.ts'
import { createPseudonym } from '../store/queries/pseudonyms.ts'
import type { Caller } from './caller.ts'
import { setNewest } from './set-newest.ts'

/** Maximum number of users that a process remembers. */
const mostRemembered = 10_000

export interface RememberUsersServices {
  /** Connections of a tenant. */
  readonly pool: pg.Pool
  readonly notifications: Pick<Notifications, 'onKeys'>
  readonly log: Logger
}

/**
 * Returns a function that gives each user a pseudonym before the user's first row: a recovery to a point in time finds by it who was deleted afterwards.
 * Only the first request of a user to this process waits for a statement, and the first one after a deletion of any user.
 */
export function rememberUsers({ pool, notifications, log }: RememberUsersServices): (caller: Caller) => Promise<void> {
  const remembered = new Map<string, Promise<void>>()
  notifications.onKeys(() => remembered.clear())
  return async ({ tenant, user }) => {
    if (user === null) return
    const who = JSON.stringify([tenant, user])
    const known = remembered.get(who)
    if (known) return known
    const created = createPseudonym(pool, { tenant, user }).catch((error: unknown) => {
      if (remembered.get(who) === created) remembered.delete(who)
      // The request says itself that the database is unavailable. The next backup creates a missing pseudonym.
      log.warn({ err: error }, 'pseudonym_not_created')
    })
    setNewest(remembered, who, created, mostRemembered)
    return created
  }
}
