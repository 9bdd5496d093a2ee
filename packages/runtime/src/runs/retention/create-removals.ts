import type pg from 'pg'
import { deleteThreads, expiredTemporaryThreads } from '../../store/queries/delete-threads.ts'
import { lockDueThreads } from '../../store/queries/due-threads.ts'
import { removeExpiredItems } from '../../store/queries/expired-items.ts'
import { deleteExpiredKeys } from '../../store/queries/idempotency-keys.ts'
import { deleteOldInstances } from '../../store/queries/instances.ts'
import { removeEvents } from '../../store/queries/remove-events.ts'
import { deleteDeadReservations, deleteOldUserSpending } from '../../store/queries/spending.ts'
import { transaction } from '../../store/transaction.ts'
import { pruneLocked } from './prune-locked.ts'
import type { Removal, RemovedBatch } from './removal.ts'
import { type RetentionRule, retentionRules } from './retention-rules.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** Maximum number of idempotency keys that one statement removes. */
const keysPerBatch = 1_000
/** Maximum number of runs whose events one transaction removes. */
const runsPerBatch = 50
/** Maximum number of items of the store that one transaction removes. */
const itemsPerBatch = 200

/** Maximum number of rows of `hadal.user_spending`, one per user and day, that one statement removes. */
const daysPerBatch = 1_000

/** What one transaction removes of threads that it has locked. */
interface RemovalOfThreads {
  readonly kind: string
  /** Maximum number of threads in one transaction. */
  readonly most: number
  /** Returns and locks threads. */
  readonly lock: (client: pg.PoolClient, most: number, except: readonly string[]) => Promise<readonly string[]>
  /** Removes rows of the locked threads. */
  readonly remove: (client: pg.PoolClient, threadIds: readonly string[]) => Promise<RemovedBatch>
}

/**
 * Creates the removal of threads, or of their rows, in batches. After an error it tries one thread at a time: the one whose removal fails again is
 * left out by this process until no other thread is due, so that it does not prevent the removal of the others.
 */
function ofThreads(pool: pg.Pool, { kind, most, lock, remove }: RemovalOfThreads): Removal {
  let failed: readonly string[] = []
  let size = most
  const removeBatch = async (): Promise<RemovedBatch> => {
    let locked: readonly string[] = []
    try {
      return await transaction(pool, async (client) => {
        locked = await lock(client, size, failed)
        const full = locked.length === size
        if (!full) {
          size = most
          failed = []
        }
        if (locked.length === 0) return { removed: 0, more: false }
        const { removed, more } = await remove(client, locked)
        return { removed, more: more || full }
      })
    } catch (error) {
      const [only] = locked
      if (locked.length === 1 && only !== undefined) failed = [...failed, only]
      size = locked.length > 1 ? 1 : most
      throw error
    }
  }
  return { kind, removeBatch }
}

async function deleteLocked(client: pg.PoolClient, threadIds: readonly string[]): Promise<RemovedBatch> {
  await deleteThreads(client, threadIds)
  return { removed: threadIds.length, more: false }
}

const temporaryThreads: RemovalOfThreads = {
  kind: 'temporary_thread',
  most: 100,
  lock: (client, most, except) => expiredTemporaryThreads(client, most, except),
  remove: deleteLocked,
}

const ofRule = ({ due, keepLatest }: RetentionRule): RemovalOfThreads => ({
  kind: keepLatest ? 'checkpoint' : 'thread',
  // Few for checkpoints: all those of the locked threads are read to decide which of them go.
  most: keepLatest ? 5 : 20,
  lock: (client, most, except) => lockDueThreads(client, due, most, except),
  remove: async (client, threadIds) => {
    if (!keepLatest) return deleteLocked(client, threadIds)
    const { removed, complete } = await pruneLocked(client, threadIds, keepLatest)
    return { removed, more: !complete }
  },
})

/** Removal of the events of runs whose threads came to rest some time ago. */
const eventRemoval = (pool: pg.Pool, minutes: number): Removal => ({
  kind: 'event',
  removeBatch: async () => {
    const { runs, rows } = await removeEvents(pool, { minutes, runs: runsPerBatch })
    return { removed: rows, more: runs === runsPerBatch }
  },
})

/** Removal of idempotency keys that have expired. */
const keyRemoval = (pool: pg.Pool): Removal => ({
  kind: 'idempotency_key',
  removeBatch: async () => {
    const removed = await deleteExpiredKeys(pool, keysPerBatch)
    return { removed, more: removed === keysPerBatch }
  },
})

const itemRemoval = (pool: pg.Pool): Removal => ({
  kind: 'store_item',
  removeBatch: async () => {
    const removed = await removeExpiredItems(pool, itemsPerBatch)
    return { removed, more: removed === itemsPerBatch }
  },
})

/** Removal of the amounts that users spent on days more than 30 days ago. */
const spendingRemoval = (pool: pg.Pool): Removal => ({
  kind: 'user_spending',
  removeBatch: async () => {
    const removed = await deleteOldUserSpending(pool, daysPerBatch)
    return { removed, more: removed === daysPerBatch }
  },
})

/** Creates the removals of a server, in the order in which a sweep makes them. */
export function createRemovals(pool: pg.Pool, settings: RetentionSettings): readonly Removal[] {
  const all = async (remove: () => Promise<number>) => ({ removed: await remove(), more: false })
  return [
    ofThreads(pool, temporaryThreads),
    ...retentionRules(settings).map((rule) => ofThreads(pool, ofRule(rule))),
    ...(settings.eventMinutes > 0 ? [eventRemoval(pool, settings.eventMinutes)] : []),
    keyRemoval(pool),
    itemRemoval(pool),
    { kind: 'reservation', removeBatch: () => all(() => deleteDeadReservations(pool)) },
    spendingRemoval(pool),
    { kind: 'instance', removeBatch: () => all(() => deleteOldInstances(pool)) },
  ]
}
