import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { Instance } from './instance.ts'
import { Notifications } from './notifications.ts'
import { closeDeadAttempts, closeLeftAttempts, correctLostAttempt, lookAround, markDead } from './queries/instances.ts'
import { attemptsOf, closeAttempt, moveAttemptToChild, openAttempt } from './queries/run-attempts.ts'

const database = createDatabase()
const tenant = 'default'
let observer: pg.Client

beforeAll(async () => {
  observer = new pg.Client({ connectionString: database() })
  await observer.connect()
})
afterAll(() => observer.end())

interface Registered {
  readonly instance: Instance
  readonly notifications: Notifications
  readonly revived: unknown[]
  /** Terminates the database session that holds the instance's lock, as a network failure does. */
  breakSession(): Promise<unknown>
}

async function register(): Promise<Registered> {
  const revived: unknown[] = []
  const name = `instance ${randomUUID()}`
  const instance = new Instance({ onRevived: (attempts) => revived.push(...attempts), onPooler: () => {} })
  const notifications = new Notifications({
    url: database(),
    applicationName: name,
    onTrouble: () => {},
    session: instance,
  })
  await notifications.start()
  const end = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1'
  return { instance, notifications, revived, breakSession: () => observer.query(end, [`${name} listener`]) }
}

const missing = async ({ instanceId }: Instance): Promise<boolean> =>
  (await lookAround(observer)).missing.some((one) => one.instanceId === instanceId)

const registrationOf = async ({ instanceId }: Instance): Promise<number> => {
  const { rows } = await observer.query<{ registration: number }>(
    'SELECT registration FROM hadal.instance WHERE instance_id = $1 AND died_at IS NULL',
    [instanceId],
  )
  return rows[0]?.registration ?? 0
}

async function attemptOf({ instanceId }: Instance): Promise<string> {
  const [threadId, runId] = [randomUUID(), randomUUID()]
  await observer.query('INSERT INTO hadal.thread (thread_id) VALUES ($1)', [threadId])
  await observer.query(
    `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request)
     VALUES ($1, $2, 'echo', $1, 'enqueue', '{}')`,
    [runId, threadId],
  )
  await openAttempt(observer, { runId, attempt: 0, tenant, instanceId, checkpoint: null })
  return runId
}

test('an instance holds its lock while it lives and again after its session broke, and its orderly end is no death', async () => {
  const { breakSession, instance, notifications } = await register()
  expect(await missing(instance)).toBe(false)
  await breakSession()
  await eventually(
    () => registrationOf(instance),
    (registration) => registration === 2,
  )
  expect(await missing(instance)).toBe(false)
  await notifications.stop()
  expect(await missing(instance)).toBe(false)
})

test('an instance that was wrongly judged dead corrects its attempts to lease_late, and its old registration can not be judged again', async () => {
  const { breakSession, instance, notifications, revived } = await register()
  try {
    const runId = await attemptOf(instance)
    const judged = { instanceId: instance.instanceId, registration: 1 }
    expect(await markDead(observer, judged)).toBe(true)
    expect(await markDead(observer, judged)).toBe(false)
    await closeDeadAttempts(observer, instance.instanceId)
    expect(await attemptsOf(observer, runId, tenant)).toMatchObject([{ reason: 'process_died' }])
    await breakSession()
    await eventually(
      () => registrationOf(instance),
      (registration) => registration === 2,
    )
    expect(await attemptsOf(observer, runId, tenant)).toMatchObject([{ reason: 'lease_late' }])
    await eventually(
      () => revived,
      (attempts) => attempts.length === 1,
    )
    expect(await markDead(observer, judged)).toBe(false)
  } finally {
    await notifications.stop()
  }
})

test('the death of an instance does not change attempts of other instances', async () => {
  const [first, second] = [await register(), await register()]
  try {
    const [own, other] = [await attemptOf(first.instance), await attemptOf(second.instance)]
    await closeDeadAttempts(observer, first.instance.instanceId)
    expect(await attemptsOf(observer, own, tenant)).toMatchObject([{ reason: 'process_died' }])
    expect(await attemptsOf(observer, other, tenant)).toMatchObject([{ reason: null }])
  } finally {
    await Promise.all([first.notifications.stop(), second.notifications.stop()])
  }
})

test('a process corrects the attempts of its own child process only', async () => {
  const { instance, notifications } = await register()
  const { instanceId } = instance
  try {
    const key = { runId: await attemptOf(instance), attempt: 0, tenant }
    await moveAttemptToChild(observer, key, randomUUID(), instanceId)
    const detail = 'The database did not answer.'
    expect(await correctLostAttempt(observer, { ...key, instanceId: randomUUID() }, 'database', detail)).toBe(false)
    expect(await correctLostAttempt(observer, { ...key, instanceId }, 'database', detail)).toBe(true)
    expect(await attemptsOf(observer, key.runId, tenant)).toMatchObject([{ reason: 'database', detail }])
  } finally {
    await notifications.stop()
  }
})

test('statements about an attempt never affect another tenant', async () => {
  const { instance, notifications } = await register()
  const { instanceId } = instance
  try {
    const runId = await attemptOf(instance)
    const elsewhere = { runId, attempt: 0, tenant: 'another tenant', instanceId }
    await moveAttemptToChild(observer, elsewhere, randomUUID(), instanceId)
    expect(await closeAttempt(observer, elsewhere, 'ended')).toBe(false)
    expect(await correctLostAttempt(observer, elsewhere, 'database', 'The database restarted.')).toBe(false)
    expect(await closeLeftAttempts(observer, { ...elsewhere, attempt: 1 })).toEqual([])
    expect(await attemptsOf(observer, runId, elsewhere.tenant)).toEqual([])
    expect(await attemptsOf(observer, runId, tenant)).toMatchObject([
      { instance_id: instanceId, parent_id: null, reason: null },
    ])
    await closeDeadAttempts(observer, instanceId)
    expect(await attemptsOf(observer, runId, tenant)).toMatchObject([{ reason: 'process_died' }])
  } finally {
    await notifications.stop()
  }
})

test('an instance does not register behind a pooler, which assigns its own backend ids', async () => {
  let pooled = 0
  const instance = new Instance({
    onRevived: () => {},
    onPooler: () => {
      pooled += 1
    },
  })
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  try {
    Object.defineProperty(client, 'processID', { value: 1 })
    await instance.begin(client)
    expect(instance.behindPooler).toBe(true)
    expect(pooled).toBe(1)
    expect(await registrationOf(instance)).toBe(0)
  } finally {
    await client.end()
  }
})
