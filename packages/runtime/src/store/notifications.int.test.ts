import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { databaseLinks } from '../fixtures/database-link.ts'
import { eventually } from '../fixtures/eventually.ts'
import { Notifications, notifyPayload, notifyQuery } from './notifications.ts'

const database = createDatabase()
const link = databaseLinks()

test('a listener reconnects after its connection is killed, and wakes every subscriber', async () => {
  const other = new pg.Client({ connectionString: database() })
  await other.connect()
  const notifications = new Notifications({ url: database(), applicationName: 'test', onTrouble: () => {} })
  await notifications.start()
  try {
    let woken = 0
    const runId = '00000000-0000-4000-8000-000000000001'
    const count = (): void => {
      woken += 1
    }
    notifications.onRuns({ changed: count, ended: count, missed: count })
    const told = (): Promise<unknown> => other.query(notifyQuery, [[notifyPayload({ kind: 'run', runId })]])
    const seen = (count: number): Promise<number> =>
      eventually(
        () => woken,
        (times) => times >= count,
      )
    const before = woken
    await told()
    await seen(before + 1)
    const killedAt = woken
    await other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test listener'")
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
  const notifications = new Notifications({ url: direct.url, applicationName: 'swallowed', onTrouble: () => {} })
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

const runId = '00000000-0000-4000-8000-000000000002'

test('the subscribers of the sending process are woken at once and once, those of other processes through the database', async () => {
  const options = { url: database(), onTrouble: () => {} }
  const one = new Notifications({ ...options, applicationName: 'one' })
  const other = new Notifications({ ...options, applicationName: 'other' })
  await Promise.all([one.start(), other.start()])
  try {
    const woken: string[] = []
    const cancelled: string[] = []
    const ignored = { changed: () => {}, missed: () => {} }
    one.onRuns({ ...ignored, ended: () => void woken.push('one') })
    other.onRuns({ ...ignored, ended: () => void woken.push('other') })
    other.onCancel((id) => cancelled.push(id))
    one.send({ kind: 'ended', runId })
    expect(woken).toEqual(['one'])
    one.send({ kind: 'cancel', runId })
    await eventually(
      () => cancelled,
      (ids) => ids.includes(runId),
    )
    expect(woken).toEqual(['one', 'other'])
  } finally {
    await Promise.all([one.stop(), other.stop()])
  }
})

test('a process that stops sends its last notifications first', async () => {
  const options = { url: database(), onTrouble: () => {} }
  const one = new Notifications({ ...options, applicationName: 'one' })
  const other = new Notifications({ ...options, applicationName: 'other' })
  await Promise.all([one.start(), other.start()])
  try {
    let changed = 0
    const onChange = (): void => {
      changed += 1
    }
    other.onRuns({ changed: onChange, ended: () => {}, missed: () => {} })
    one.send({ kind: 'queued' })
    one.send({ kind: 'run', runId })
    await one.stop()
    await eventually(
      () => changed,
      (times) => times > 0,
    )
  } finally {
    await other.stop()
  }
})

test('a process that does not listen sends its notifications on its pool', async () => {
  const pool = new pg.Pool({ connectionString: database(), max: 1 })
  const silent = new Notifications({ url: database(), applicationName: 'silent', onTrouble: () => {}, pool })
  const other = new Notifications({ url: database(), applicationName: 'other', onTrouble: () => {} })
  await other.start()
  try {
    let changed = 0
    const onChange = (): void => {
      changed += 1
    }
    other.onRuns({ changed: onChange, ended: () => {}, missed: () => {} })
    silent.send({ kind: 'run', runId })
    await silent.stop()
    await eventually(
      () => changed,
      (times) => times > 0,
    )
  } finally {
    await Promise.all([other.stop(), pool.end()])
  }
})

test('queries on the listening connection wait for each other', async () => {
  const warnings: string[] = []
  const onWarning = ({ message }: Error): void => void warnings.push(message)
  process.on('warning', onWarning)
  const clients: pg.Client[] = []
  const session = { begin: async (client: pg.Client) => void clients.push(client), lost: () => {}, end: async () => {} }
  const notifications = new Notifications({ url: database(), applicationName: 'turns', onTrouble: () => {}, session })
  await notifications.start()
  try {
    const answers = [1, 2, 3].map(async (number) => {
      notifications.send({ kind: 'queued' })
      const { rows } = (await clients[0]?.query<{ number: number }>('SELECT $1::int AS number', [number])) ?? {}
      return rows?.[0]?.number
    })
    expect(await Promise.all(answers)).toEqual([1, 2, 3])
    expect(warnings).toEqual([])
  } finally {
    process.off('warning', onWarning)
    await notifications.stop()
  }
})
