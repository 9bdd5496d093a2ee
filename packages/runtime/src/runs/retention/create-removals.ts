import type pg from 'pg'
import { deleteThreads, expiredTemporaryThreads } from '../../store/queries/delete-threads.ts'
import { type DueRule, lockDueThreads } from '../../store/queries/due-threads.ts'
import { deleteOldInstances } from '../../store/queries/instances.ts'
import { removeEvents } from '../../store/queries/remove-events.ts'
import { deleteDeadReservations } from '../../store/queries/spending.ts'
import { transaction } from '../../store/transaction.ts'
import { type KeepLatest, pruneLocked } from './prune-locked.ts'
import type { Removal, RemovedBatch } from './removal.ts'
import { retentionRules } from './retention-rules.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** Maximum number of runs whose events one transaction removes. */
const runsPerBatch = 50
/** Maximum number of threads that one transaction deletes. */
const threadsPerBatch = 100
/** Maximum number of threads whose checkpoints one transaction removes. */
const prunedPerBatch = 20

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

/** Removal of the checkpoints of due threads. A thread whose removal failed is left out by this process from then on. */
function checkpointRemoval(pool: pg.Pool, due: DueRule, keepLatest: KeepLatest): Removal {
  const failed: string[] = []
  let most = prunedPerBatch
  const removeBatch = async (): Promise<RemovedBatch> => {
    let trying: readonly string[] = []
    try {
      return await transaction(pool, async (client) => {
        trying = await lockDueThreads(client, due, most, failed)
        if (trying.length === 0) {
          most = prunedPerBatch
          return { removed: 0, more: false }
        }
        const { removed, complete } = await pruneLocked(client, trying, keepLatest)
        return { removed, more: !complete || trying.length === most }
      })
    } catch (error) {
      // The next sweeps try one thread at a time, until the one that fails is known.
      const [only] = trying
      if (trying.length === 1 && only !== undefined) failed.push(only)
      most = trying.length > 1 ? 1 : prunedPerBatch
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
