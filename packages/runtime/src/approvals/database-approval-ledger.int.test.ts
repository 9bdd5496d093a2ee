import { randomBytes, randomUUID } from 'node:crypto'
import type { CallPlace } from '@hadal/middleware/approvals/approval-ledger'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { LeaseLost } from '../store/leased-saver.ts'
import { findQuestion, insertClosed, insertDecided, openQuestions } from '../store/queries/approval-events.ts'
import { onePool } from '../store/tenant-pools.ts'
import { DatabaseApprovalLedger } from './database-approval-ledger.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

const digestOf = (): string => randomBytes(32).toString('hex')

async function opened() {
  const heard: string[] = []
  const ledger = new DatabaseApprovalLedger(onePool(pool), {
    onAsk: () => heard.push('asked'),
    onRefusal: (reason) => heard.push(reason),
  })
  const threadId = randomUUID()
  await pool.query('INSERT INTO hadal.thread (thread_id) VALUES ($1)', [threadId])
  const call: CallPlace = {
    tenant: 'default',
    threadId,
    place: 'tools:1 call_1',
    runId: randomUUID(),
    // A call outside a run of the queue.
    attempt: undefined,
  }
  return { ledger, call, heard }
}

async function asked(expiresInMs = 60_000) {
  const { ledger, call, heard } = await opened()
  const digest = digestOf()
  await ledger.ask({ ...call, digest, expiresAt: Date.now() + expiresInMs, tool: 'pay' })
  const decide = (decision: string, runsDigest: string | null = digest) =>
    insertDecided(pool, { digest, runId: randomUUID(), decision, actor: 'client', runsDigest })
  const begin = (runs = digest, by: CallPlace = call, number = 1, again = false) =>
    ledger.begin(by, { number, tool: 'pay', approval: { digest, runs, again } })
  return { ledger, call, digest, decide, begin, heard }
}

const auditOf = async ({ threadId }: CallPlace): Promise<string[]> => {
  const { rows } = await pool.query('SELECT event FROM hadal.approval_audit WHERE thread_id = $1 ORDER BY sequence', [
    threadId,
  ])
  return rows.map(({ event }) => event)
}

test('begins the first execution of a call once, of several callers at the same time', async () => {
  const { ledger, call } = await opened()
  const begun = await Promise.all(Array.from({ length: 5 }, () => ledger.beginFirst(call, 'look')))
  expect(begun.filter(Boolean)).toHaveLength(1)
  expect((await ledger.look(call)).execution).toMatchObject({ number: 1, outcome: undefined, sameAttempt: true })
  await ledger.end(call, { number: 1, tool: 'look' }, 'done')
  expect(await ledger.beginFirst(call, 'look')).toBe(false)
  expect((await ledger.look(call)).execution).toMatchObject({ number: 1, outcome: 'done' })
  expect(await auditOf(call)).toEqual([])
})

test('begins no first execution of a call about which a person was asked', async () => {
  const { ledger, call } = await asked()
  expect(await ledger.beginFirst(call, 'pay')).toBe(false)
  expect((await ledger.look(call)).execution).toBeUndefined()
})

test('begins no first execution for an attempt that has lost its lease, or of a deleted thread', async () => {
  const { ledger, call } = await opened()
  await expect(ledger.beginFirst({ ...call, attempt: 0 }, 'look')).rejects.toBeInstanceOf(LeaseLost)
  await expect(ledger.beginFirst({ ...call, threadId: randomUUID() }, 'look')).rejects.toBeInstanceOf(LeaseLost)
  expect((await ledger.look(call)).execution).toBeUndefined()
})

test('grants an approval once to concurrent executions, and the audit says that the call may have acted', async () => {
  const { ledger, call, digest, decide, begin } = await asked()
  await decide('approve')
  const begun = await Promise.all(Array.from({ length: 5 }, (_, index) => begin(digest, call, index + 1)))
  expect(begun.sort()).toEqual(['begun', 'used', 'used', 'used', 'used'])
  const { question, execution } = await ledger.look(call)
  expect([question, execution]).toMatchObject([
    { digest, closed: true },
    { outcome: undefined, digest, sameAttempt: true },
  ])
  expect(await auditOf(call)).toEqual(['asked', 'decided', 'may have acted'])
})

test.each([
  ['done', 'executed'],
  ['failed', 'failed'],
] as const)('an execution that ended as %s is %s in the audit, once', async (outcome, word) => {
  const { ledger, call, digest, decide, begin } = await asked()
  await decide('approve')
  await begin()
  const execution = { number: 1, tool: 'pay', approval: { digest, runs: digest, again: false } }
  await ledger.end(call, execution, outcome)
  await ledger.end(call, execution, 'failed')
  expect((await ledger.look(call)).execution).toMatchObject({ outcome })
  expect(await auditOf(call)).toEqual(['asked', 'decided', 'begun', word])
})

test('an execution that continues an earlier one uses the same approval, and only for the approved call', async () => {
  const { call, digest, decide, begin } = await asked()
  await decide('approve')
  expect(await begin()).toBe('begun')
  expect(await begin(digest, call, 2)).toBe('used')
  expect(await begin(digest, call, 2, true)).toBe('begun')
  expect(await begin(digestOf(), call, 3, true)).toBe('undecided')
})

test('an execution that the previous release began may have acted', async () => {
  const { ledger, call, digest, decide } = await asked()
  await decide('approve')
  await pool.query(
    `INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, runs_digest)
     SELECT 'executed', digest, tenant, thread_id, place, tool, expires_at, digest FROM hadal.approval_event
     WHERE event = 'asked' AND digest = $1`,
    [digest],
  )
  expect(await ledger.look(call)).toMatchObject({
    question: { closed: true },
    execution: { number: 0, outcome: undefined, sameAttempt: false },
  })
  expect(await auditOf(call)).toEqual(['asked', 'decided', 'may have acted'])
})

test('an execution without approval begins once, and only with the lease of its attempt', async () => {
  const { ledger, call } = await opened()
  const execution = { number: 1, tool: 'count' }
  const begun = await Promise.all([1, 2, 3].map(() => ledger.begin(call, execution)))
  expect(begun.sort()).toEqual(['begun', 'used', 'used'])
  await expect(ledger.begin({ ...call, attempt: 0 }, { ...execution, number: 2 })).rejects.toThrow(LeaseLost)
  expect((await ledger.look(call)).execution).toMatchObject({ number: 1, digest: undefined })
  const other = { ...call, tenant: 'other' }
  expect((await ledger.look(other)).execution).toBeUndefined()
  await ledger.end(other, execution, 'done')
  expect((await ledger.look(call)).execution).toMatchObject({ outcome: undefined })
})

test('grants nothing without a decision, after a rejection, or for another call than the decided one', async () => {
  const { call, digest, decide, begin } = await asked()
  expect(await begin()).toBe('undecided')
  const edited = digestOf()
  await decide('edit', edited)
  expect(await begin(digest)).toBe('undecided')
  const elsewhere = await opened()
  expect(await begin(edited, { ...call, threadId: elsewhere.call.threadId })).toBe('undecided')
  expect(await begin(edited, { ...call, place: 'tools:2 call_1' })).toBe('undecided')
  expect(await begin(edited, { ...call, tenant: 'other' })).toBe('undecided')
  await decide('reject', null)
  expect(await begin(edited)).toBe('undecided')
  await decide('edit', edited)
  expect(await begin(edited)).toBe('begun')
})

test.each(['unused', 'refused', 'withdrawn'] as const)('an approval that is %s is not valid', async (event) => {
  const { digest, decide, begin } = await asked()
  await decide('approve')
  await insertClosed(pool, { event, digest, runId: randomUUID(), reason: 'its run ended' })
  expect(await begin()).toBe('undecided')
})

test('a decision after the expiry is not valid', async () => {
  const { ledger, call, decide, begin } = await asked(20)
  const until = (await ledger.look(call)).question?.expiresAt ?? 0
  await eventually(Date.now, (now) => now > until)
  await decide('approve')
  expect(await begin()).toBe('expired')
})

test('uses the newest question of a call, and hides it from other tenants', async () => {
  const { ledger, call, heard, digest } = await asked()
  const newer = { ...call, digest: digestOf(), expiresAt: Date.now() + 60_000, tool: 'pay' }
  await ledger.ask(newer)
  expect((await ledger.look(call)).question).toEqual({
    digest: newer.digest,
    expiresAt: newer.expiresAt,
    closed: false,
  })
  expect((await ledger.look({ ...call, tenant: 'other' })).question).toBeUndefined()
  expect(await openQuestions(pool, call)).toMatchObject([{ digest }, { digest: newer.digest }])
  expect(await openQuestions(pool, { ...call, tenant: 'other' })).toEqual([])
  expect(await findQuestion(pool, { ...call, digest })).toMatchObject({ state: 'waiting' })
  expect(await findQuestion(pool, { ...call, digest, tenant: 'other' })).toBeUndefined()
  await ledger.refuse(call, digest, 'changed')
  expect(heard).toEqual(['asked', 'asked', 'changed'])
})
