import type pg from 'pg'
import { deleteThreads, expiredTemporaryThreads } from '../../store/queries/delete-threads.ts'
import { deleteOldInstances } from '../../store/queries/instances.ts'
import { deleteDeadReservations } from '../../store/queries/spending.ts'
import { transaction } from '../../store/transaction.ts'
import type { Removal } from './removal.ts'

/** Maximum number of threads that one transaction deletes. */
const threadsPerBatch = 100

/** Creates the removals of a server, in the order in which a sweep makes them. */
export function createRemovals(pool: pg.Pool): readonly Removal[] {
  const all = async (remove: () => Promise<number>) => ({ removed: await remove(), more: false })
  return [
    {
      kind: 'temporary_thread',
      removeBatch: () =>
        transaction(pool, async (client) => {
          const expired = await expiredTemporaryThreads(client, threadsPerBatch)
          if (expired.length > 0) await deleteThreads(client, expired)
          return { removed: expired.length, more: expired.length === threadsPerBatch }
        }),
    },
    { kind: 'reservation', removeBatch: () => all(() => deleteDeadReservations(pool)) },
    { kind: 'instance', removeBatch: () => all(() => deleteOldInstances(pool)) },
  ]
}
