import type pg from 'pg'
import { deleteThreads, expiredTemporaryThreads } from '../../store/queries/delete-threads.ts'
import { type DueRule, lockDueThreads } from '../../store/queries/due-threads.ts'
import { deleteOldInstances } from '../../store/queries/instances.ts'
import { removeEvents } from '../../store/queries/remove-events.ts'
import { deleteDeadReservations } from '../../store/queries/spending.ts'
import { transaction } from '../../store/transaction.ts'
import { type KeepLatest, pruneThread } from './prune-thread.ts'
import type { Removal, RemovedBatch } from './removal.ts'
import { retentionRules } from './retention-rules.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** Maximum number of runs whose events one transaction removes. */
const runsPerBatch = 50
/** Maximum number of threads that one transaction deletes. */
const threadsPerBatch = 100

/** Removal of the threads that `find` returns and locks. */
const threadRemoval = (
  pool: pg.Pool,
  kind: string,
  find: (client: pg.PoolClient) => Promise<readonly string[]>,
): Removal => ({
  kind,
  removeBatch: () =>
    transaction(pool, async (client) => {
      const threadIds = await find(client)
      if (threadIds.length > 0) await deleteThreads(client, threadIds)
      return { removed: threadIds.length, more: threadIds.length === threadsPerBatch }
    }),
})

/** Removal of the checkpoints of one due thread at a time. A thread whose removal failed is left out by this process from then on. */
function checkpointRemoval(pool: pg.Pool, due: DueRule, keepLatest: KeepLatest): Removal {
  const failed: string[] = []
  const removeBatch = async (): Promise<RemovedBatch> => {
    let trying: string | undefined
    try {
      return await transaction(pool, async (client) => {
        ;[trying] = await lockDueThreads(client, due, 1, failed)
        if (trying === undefined) return { removed: 0, more: false }
        const { removed } = await pruneThread(client, trying, keepLatest)
        return { removed, more: true }
      })
    } catch (error) {
      if (trying !== undefined) failed.push(trying)
      throw error
    }
  }
  return { kind: 'checkpoint', removeBatch }
}

/** Removal of the events of runs whose threads came to rest some time ago. */
const eventRemoval = (pool: pg.Pool, minutes: number): Removal => ({
  kind: 'event',
  removeBatch: async () => {
    const { runs, rows } = await removeEvents(pool, { minutes, runs: runsPerBatch })
    return { removed: rows, more: runs === runsPerBatch }
  },
})

/** Creates the removals of a server, in the order in which a sweep makes them. */
export function createRemovals(pool: pg.Pool, settings: RetentionSettings): readonly Removal[] {
  const all = async (remove: () => Promise<number>) => ({ removed: await remove(), more: false })
  return [
    threadRemoval(pool, 'temporary_thread', (client) => expiredTemporaryThreads(client, threadsPerBatch)),
    ...retentionRules(settings).map(({ due, keepLatest }) =>
      keepLatest
        ? checkpointRemoval(pool, due, keepLatest)
        : threadRemoval(pool, 'thread', (client) => lockDueThreads(client, due, threadsPerBatch)),
    ),
    ...(settings.eventMinutes > 0 ? [eventRemoval(pool, settings.eventMinutes)] : []),
    { kind: 'reservation', removeBatch: () => all(() => deleteDeadReservations(pool)) },
    { kind: 'instance', removeBatch: () => all(() => deleteOldInstances(pool)) },
  ]
}
