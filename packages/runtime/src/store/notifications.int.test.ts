import pg from 'pg'
import { test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { databaseLinks } from '../fixtures/database-link.ts'
import { eventually } from '../fixtures/eventually.ts'
import { Notifications, notifyPayload, notifyQuery } from './notifications.ts'

const database = createDatabase()
const link = databaseLinks()

test('a listener reconnects after its connection is killed, and wakes every subscriber', async () => {
  const other = new pg.Client({ connectionString: database() })
  await other.connect()
  const notifications = new Notifications(database(), 'test', () => {})
  await notifications.start()
  try {
    let woken = 0
    const runId = '00000000-0000-4000-8000-000000000001'
    notifications.subscribe({ kind: 'run', runId }, () => {
      woken += 1
    })
    const told = (): Promise<unknown> => other.query(notifyQuery, [notifyPayload({ kind: 'run', runId })])
    const seen = (count: number): Promise<number> =>
      eventually(
        () => woken,
        (times) => times >= count,
      )
    const before = woken
    await told()
    await seen(before + 1)
    await other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test listener'")
    const killedAt = woken
    await seen(killedAt + 1)
    const again = woken
    await told()
    await seen(again + 1)
  } finally {
    await notifications.stop()
    await other.end()
  }
})

test('a listener that lost its connection soon abandons an unresponsive address, and tries again', async () => {
  const direct = await link(database())
  const notifications = new Notifications(direct.url, 'swallowed', () => {})
  await notifications.start()
  try {
    let woken = 0
    notifications.subscribe({ kind: 'queued' }, () => {
      woken += 1
    })
    direct.swallow()
    // With the timeout of the first connection, 5 s per try, this would take 15 s.
    await eventually(
      () => direct.swallowed,
      (tries) => tries >= 4,
      12_000,
    )
    const before = woken
    direct.restore()
    await eventually(
      () => woken,
      (times) => times > before,
    )
  } finally {
    await notifications.stop()
  }
})
