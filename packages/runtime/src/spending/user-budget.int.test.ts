import { randomUUID } from 'node:crypto'
import type { Budgets, Spender, Verdict } from '@hadal/middleware/token-budget/ledger'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { callerOf, deleteOldUserSpending, toSum } from '../store/queries/spending.ts'
import { DatabaseBudgetLedger } from './database-budget-ledger.ts'
import { SpendingWriter } from './spending-writer.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database(), max: 5 })
})
afterAll(() => pool.end())

/** Creates a run of a user that a worker executes. */
async function spender(tenant: string, owner: string | null): Promise<Spender> {
  const [threadId, runId] = [randomUUID(), randomUUID()]
  await pool.query('INSERT INTO hadal.thread (thread_id, tenant, owner) VALUES ($1, $2, $3)', [threadId, tenant, owner])
  await pool.query(
    `INSERT INTO hadal.run (run_id, thread_id, tenant, owner, graph_id, assistant_id, multitask_strategy, request)
     VALUES ($1, $2, $3, $4, 'any', gen_random_uuid(), 'enqueue', '{}')`,
    [runId, threadId, tenant, owner],
  )
  await pool.query(
    `INSERT INTO pgboss.job (name, id, state, retry_count, singleton_key, policy)
     VALUES ('run', $1, 'active', 0, $2, 'key_strict_fifo')`,
    [runId, threadId],
  )
  return { tenant, threadId, runId, attempt: 0 }
}

const open = () => {
  const writer = new SpendingWriter(pool, (error) => {
    throw error
  })
  return { writer, ledger: new DatabaseBudgetLedger(pool, writer) }
}
const amount = (tokens: number) => ({ tokens, usd: 0 })
const budgets: Budgets = { userPerDay: { tokens: 1_000 } }
const reserve = (who: Spender): Promise<Verdict> => open().ledger.reserve(who, amount(100), amount(600), budgets)

async function spend(who: Spender, tokens: number): Promise<void> {
  const { writer } = open()
  writer.used(callerOf(who), toSum(amount(tokens)), () => {})
  await writer.flush(callerOf(who).runId)
}

test('the runs of a user share the budget of a day, and other users and tenants have their own', async () => {
  const tenant = randomUUID()
  await spend(await spender(tenant, 'ann'), 950)
  expect(await reserve(await spender(tenant, 'ann'))).toMatchObject({
    kind: 'exceeded',
    refusal: { scope: 'userPerDay', unit: 'tokens', limit: 1_000, used: 950, needed: 100 },
  })
  expect((await reserve(await spender(tenant, 'bob'))).kind).toBe('reserved')
  expect((await reserve(await spender(randomUUID(), 'ann'))).kind).toBe('reserved')
  const { rows } = await pool.query(
    'SELECT owner, tokens::int FROM hadal.user_spending WHERE tenant = $1 AND tokens > 0',
    [tenant],
  )
  expect(rows).toEqual([{ owner: 'ann', tokens: 950 }])
})

test('what other runs of the user have reserved counts', async () => {
  const tenant = randomUUID()
  expect(await reserve(await spender(tenant, 'ann'))).toMatchObject({ kind: 'reserved', granted: { tokens: 600 } })
  expect(await reserve(await spender(tenant, 'ann'))).toMatchObject({ kind: 'reserved', granted: { tokens: 400 } })
  expect(await reserve(await spender(tenant, 'ann'))).toMatchObject({
    kind: 'busy',
    refusal: { scope: 'userPerDay', reserved: 1_000 },
  })
})

test('a run of no user has no such budget', async () => {
  const tenant = randomUUID()
  await spend(await spender(tenant, null), 5_000)
  expect((await reserve(await spender(tenant, null))).kind).toBe('reserved')
})

test('what a user has used is removed after thirty days', async () => {
  const tenant = randomUUID()
  await spend(await spender(tenant, 'ann'), 10)
  await pool.query(
    'INSERT INTO hadal.user_spending (tenant, owner, day, tokens) SELECT $1, $2, hadal.today() - days, 1 FROM generate_series(29, 33) AS days',
    [tenant, 'ann'],
  )
  expect([await deleteOldUserSpending(pool, 2), await deleteOldUserSpending(pool, 2)]).toEqual([2, 1])
  const { rows } = await pool.query(
    'SELECT hadal.today() - day AS ago FROM hadal.user_spending WHERE tenant = $1 ORDER BY 1',
    [tenant],
  )
  expect(rows.map(({ ago }) => ago)).toEqual([0, 29, 30])
})
