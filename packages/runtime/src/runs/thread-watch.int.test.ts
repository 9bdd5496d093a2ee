import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { EventRows } from '../store/event-rows.ts'
import { Notifications } from '../store/notifications.ts'
import { wholeTenant } from '../store/scope.ts'
import type { Queryable } from '../store/transaction.ts'
import { followThread, type ThreadEvent } from './follow-thread.ts'
import { RunWatch } from './run-watch.ts'
import { beginning } from './thread-position.ts'
import { ThreadWatch } from './thread-watch.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

/** Notifications that never arrive; a test says when some may have been missed, which causes a look at the database. */
class SilentNotifications extends Notifications {
  missed = (): void => {}

  override onThreads({ missed }: Parameters<Notifications['onThreads']>[0]): void {
    this.missed = missed
  }
}

test('idle streams of threads cost one statement for all of them, which also finds runs of which no notification came', async () => {
  const statements: string[] = []
  const counted: Queryable = {
    async query(text, values) {
      const result = await pool.query(text, values)
      statements.push(text)
      return result
    },
  }
  const looks = (): number => statements.filter((text) => text.includes('unnest')).length
  const reads = (): number => statements.length - looks()
  const notifications = new SilentNotifications({ url: database(), applicationName: 'threads', onTrouble: () => {} })
  const watch = { pool: counted, notifications, log: pino({ level: 'silent' }) }
  const context = {
    ...watch,
    eventRows: new EventRows(counted),
    runWatch: new RunWatch(watch),
    threadWatch: new ThreadWatch(watch),
    scope: wholeTenant('default'),
  }
  const look = async (): Promise<void> => {
    const before = looks()
    notifications.missed()
    await eventually(looks, (count) => count > before)
  }

  const threads = Array.from({ length: 20 }, () => randomUUID())
  await pool.query('INSERT INTO hadal.thread (thread_id) SELECT unnest($1::uuid[])', [threads])
  const leaving = new AbortController()
  const received: ThreadEvent[] = []
  const options = { from: beginning, modes: new Set(['lifecycle'] as const), stateAt: async () => 'null' }
  const followed = threads.map(async (thread) => {
    for await (const events of followThread(context, thread, options, leaving.signal)) received.push(...events)
  })
  await eventually(reads, (count) => count === threads.length)
  await look()
  // The first look finds every thread changed, because nothing of it was seen before.
  await eventually(reads, (count) => count === 2 * threads.length)
  await look()
  await look()
  expect(reads()).toBe(2 * threads.length)

  const runId = randomUUID()
  await pool.query(
    `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request, status, started_at, ended_at)
     VALUES ($1, $2, 'echo', $2, 'reject', '{}', 'success', now(), now())`,
    [runId, threads[7]],
  )
  await look()
  await eventually(
    () => received,
    ([event]) => event?.data === JSON.stringify({ status: 'run_done', run_id: runId }),
  )
  leaving.abort()
  await Promise.all(followed)
})
