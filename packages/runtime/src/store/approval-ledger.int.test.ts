import { randomBytes, randomUUID } from 'node:crypto'
import type { CallPlace } from '@hadal/middleware/approvals/approval-ledger'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { DatabaseLedger } from './approval-ledger.ts'
import { insertDecided } from './queries/approval-events.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

const digestOf = (): string => randomBytes(32).toString('hex')

async function asked(expiresInMs = 60_000) {
  const heard: string[] = []
  const ledger = new DatabaseLedger(pool, {
    asked: () => heard.push('asked'),
    refused: (reason) => heard.push(reason),
  })
  const place: CallPlace = { tenant: 'default', threadId: randomUUID(), place: 'tools:1 call_1', runId: randomUUID() }
  const digest = digestOf()
  await ledger.ask({ ...place, digest, expiresAt: Date.now() + expiresInMs, tool: 'pay' })
  const decide = (decision: string, runsDigest: string | null = digest) =>
    insertDecided(pool, { digest, runId: randomUUID(), decision, actor: 'client', runsDigest })
  return { ledger, place, digest, decide, heard }
}

test('an approval is granted once, however many ask at the same time', async () => {
  const { ledger, place, digest, decide } = await asked()
  await decide('approve')
  const uses = await Promise.all(Array.from({ length: 5 }, () => ledger.use(place, digest, digest)))
  expect(uses.sort()).toEqual(['granted', 'used', 'used', 'used', 'used'])
  expect(await ledger.newest(place)).toMatchObject({ digest, used: true })
})

test('nothing is granted without a decision, on a rejection, or for another call than the one that was decided', async () => {
  const { ledger, place, digest, decide } = await asked()
  expect(await ledger.use(place, digest, digest)).toBe('undecided')
  const edited = digestOf()
  await decide('edit', edited)
  expect(await ledger.use(place, digest, digest)).toBe('undecided')
  expect(await ledger.use({ ...place, threadId: randomUUID() }, digest, edited)).toBe('undecided')
  expect(await ledger.use({ ...place, place: 'tools:2 call_1' }, digest, edited)).toBe('undecided')
  await decide('reject', null)
  expect(await ledger.use(place, digest, edited)).toBe('undecided')
  await decide('edit', edited)
  expect(await ledger.use(place, digest, edited)).toBe('granted')
})

test('a decision after the time does not count', async () => {
  const { ledger, place, digest, decide } = await asked(20)
  const until = (await ledger.newest(place))?.expiresAt ?? 0
  await eventually(Date.now, (now) => now > until)
  await decide('approve')
  expect(await ledger.use(place, digest, digest)).toBe('expired')
})

test('the newest question of a place is the one that counts, and another tenant sees none', async () => {
  const { ledger, place, heard, digest } = await asked()
  const newer = { ...place, digest: digestOf(), expiresAt: Date.now() + 60_000, tool: 'pay' }
  await ledger.ask(newer)
  expect(await ledger.newest(place)).toEqual({ digest: newer.digest, expiresAt: newer.expiresAt, used: false })
  expect(await ledger.newest({ ...place, tenant: 'other' })).toBeUndefined()
  await ledger.refuse(place, digest, 'changed')
  expect(heard).toEqual(['asked', 'asked', 'changed'])
})
