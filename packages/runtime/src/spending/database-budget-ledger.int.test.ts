import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { ledgerContract } from '@hadal/middleware/fixtures/budget-ledger-contract'
import type { Amount, Spender } from '@hadal/middleware/token-budget/ledger'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { switchableAddress } from '../fixtures/switchable-address.ts'
import { DatabasePool, DatabaseUnavailable } from '../store/database-pool.ts'
import { callerOf, settleSpending, toSum } from '../store/queries/spending.ts'
import { isSpendingUnavailable } from '../store/spending-unavailable.ts'
import { DatabaseBudgetLedger } from './database-budget-ledger.ts'
import { SpendingWriter } from './spending-writer.ts'

const database = createDatabase()
let pool: pg.Pool
const troubles: unknown[] = []

beforeAll(() => {
  pool = new pg.Pool({ connectionString: database(), max: 10 })
})
afterAll(() => pool.end())

/** Creates a run that a worker executes. */
async function spender(like?: Spender): Promise<Spender> {
  const [threadId, runId] = [like?.threadId ?? randomUUID(), randomUUID()]
  await pool.query('INSERT INTO hadal.thread (thread_id) VALUES ($1) ON CONFLICT DO NOTHING', [threadId])
  await pool.query(
    `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request)
     VALUES ($1, $2, 'any', gen_random_uuid(), 'enqueue', '{}')`,
    [runId, threadId],
  )
  await pool.query(
    `INSERT INTO pgboss.job (name, id, state, retry_count, singleton_key, policy)
     VALUES ('run', $1, 'active', 0, gen_random_uuid()::text, NULL)`,
    [runId],
  )
  return { tenant: like?.tenant ?? randomUUID(), threadId, runId, attempt: 0 }
}

/** Returns a run to the queue, as after the death of its worker. */
const takenUpAgain = (runId: string | undefined) =>
  pool.query("UPDATE pgboss.job SET retry_count = retry_count + 1 WHERE name = 'run' AND id = $1", [runId])

const underTest = () => {
  const writer = new SpendingWriter(pool, (error) => troubles.push(error))
  const ledger = new DatabaseBudgetLedger(pool, writer)
  return {
    reserve: ledger.reserve.bind(ledger),
    async spend(who: Spender, spent: Amount, reservation: string | undefined) {
      writer.used(callerOf(who), toSum(spent), () => {})
      await ledger.settle(who, spent, reservation)
      await writer.flush(callerOf(who).runId)
    },
  }
}

describe('the ledger in PostgreSQL', () => {
  // Two ledgers as in two processes, which share only the database.
  ledgerContract(() => [underTest(), underTest()], spender)

  const amount = { tokens: 600, usd: 0 }
  const budgets = { thread: { tokens: 1_000 } }

  test('a reservation is void when another attempt starts the run', async () => {
    const who = await spender()
    expect((await underTest().reserve(who, amount, amount, budgets)).kind).toBe('reserved')
    expect((await underTest().reserve(who, amount, amount, budgets)).kind).toBe('busy')
    await takenUpAgain(who.runId)
    expect((await underTest().reserve({ ...who, attempt: 1 }, amount, amount, budgets)).kind).toBe('reserved')
  })

  test('a deleted thread leaves only its usage in the day of its tenant', async () => {
    const who = await spender()
    await underTest().spend(who, { tokens: 700, usd: 0.25 }, undefined)
    await pool.query('DELETE FROM hadal.thread WHERE thread_id = $1', [who.threadId])
    const day = await pool.query('SELECT tokens, nano_usd FROM hadal.tenant_spending WHERE tenant = $1', [who.tenant])
    expect(day.rows).toEqual([{ tokens: '700', nano_usd: '250000000' }])
    const left = await pool.query('SELECT 1 FROM hadal.run_spending WHERE run_id = $1', [who.runId])
    expect(left.rows).toEqual([])
  })

  test('counts tokens of a run for the tenant even if its thread was deleted', async () => {
    const who = { tenant: randomUUID(), threadId: randomUUID(), runId: randomUUID() }
    expect(await settleSpending(pool, who, { tokens: 5, nanoUsd: 0 }, [])).toBeNull()
    const day = await pool.query('SELECT tokens FROM hadal.tenant_spending WHERE tenant = $1', [who.tenant])
    expect(day.rows).toEqual([{ tokens: '5' }])
  })
})

test('recognizes an unavailable database in an error that is wrapped at any depth', async () => {
  // No server listens on port 1.
  const away = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/away' })
  const ledger = new DatabaseBudgetLedger(away, new SpendingWriter(away, () => {}))
  const who = { tenant: 'a', threadId: randomUUID(), runId: randomUUID(), attempt: 0 }
  const amount = { tokens: 1, usd: 0 }
  const error: unknown = await ledger.reserve(who, amount, amount, { run: amount }).catch((thrown: unknown) => thrown)
  expect(isSpendingUnavailable(new Error('of a middleware', { cause: error }))).toBe(true)
  expect(isSpendingUnavailable(new Error('of a model', { cause: new Error('overloaded') }))).toBe(false)
  await away.end()
})

test('records a call that exceeded its reservation before the next reservation', async () => {
  const who = await spender()
  const writer = new SpendingWriter(pool, (error) => troubles.push(error))
  const ledger = new DatabaseBudgetLedger(pool, writer)
  const budgets = { run: { tokens: 40_000 } }
  const verdict = await ledger.reserve(who, { tokens: 100, usd: 0 }, { tokens: 100, usd: 0 }, budgets)
  const used = { tokens: 39_950, usd: 0 }
  writer.used(callerOf(who), toSum(used), () => {})
  await ledger.settle(who, used, verdict.kind === 'reserved' ? verdict.reservation : undefined)
  const next = await ledger.reserve(who, { tokens: 100, usd: 0 }, { tokens: 100, usd: 0 }, budgets)
  expect(next).toMatchObject({ kind: 'exceeded', refusal: { used: 39_950 } })
})

describe('a budget with plenty left', () => {
  const most = { tokens: 1_000, usd: 0.001 }
  const budgets = { run: { tokens: 10_000_000, usd: 10 }, tenantPerDay: { tokens: 10_000_000 } }
  const opened = () => {
    const writer = new SpendingWriter(pool, (error) => troubles.push(error))
    return { writer, ledger: new DatabaseBudgetLedger(pool, writer) }
  }
  const reserved = async (ledger: DatabaseBudgetLedger, who: Spender): Promise<string> => {
    const verdict = await ledger.reserve(who, most, most, budgets)
    if (verdict.kind !== 'reserved') throw new Error(`Not reserved: ${JSON.stringify(verdict)}`)
    expect(verdict.granted).toEqual(most)
    return verdict.reservation
  }
  const amounts = async ({ runId }: Spender): Promise<{ used: number; reservations: number[] }> => {
    const accounts = await pool.query('SELECT tokens::int FROM hadal.run_spending WHERE run_id = $1', [runId])
    const { rows } = await pool.query('SELECT tokens::int FROM hadal.reservation WHERE run_id = $1 ORDER BY tokens', [
      runId,
    ])
    return { used: accounts.rows[0]?.tokens ?? 0, reservations: rows.map(({ tokens }) => tokens) }
  }

  test('is reserved for eight calls of a run at once', async () => {
    const who = await spender()
    const { ledger } = opened()
    for (let call = 0; call < 8; call++) await reserved(ledger, who)
    expect((await amounts(who)).reservations).toEqual([8_000])
    await reserved(ledger, who)
    expect((await amounts(who)).reservations).toEqual([8_000, 8_000])
  })

  test('counts what a call has used instead of what was reserved for it, in one transaction', async () => {
    const who = await spender()
    const { ledger, writer } = opened()
    const [first, second] = [await reserved(ledger, who), await reserved(ledger, who)]
    // While a call is open, the rest of the reservation is kept.
    const open = await reserved(ledger, who)
    for (const [call, tokens] of [
      [first, 300],
      [second, 200],
    ] as const) {
      ledger.used(callerOf(who).runId, tokens)
      writer.used(callerOf(who), { tokens, nanoUsd: 0 }, () => {})
      await ledger.settle(who, { tokens, usd: 0 }, call)
    }
    await writer.flush(callerOf(who).runId)
    expect(await amounts(who)).toEqual({ used: 500, reservations: [7_500] })
    await ledger.settle(who, { tokens: 0, usd: 0 }, open)
    await ledger.flush(callerOf(who).runId)
    expect(await amounts(who)).toEqual({ used: 500, reservations: [] })
  })

  test('is released if the run calls no model for a while', async () => {
    const who = await spender()
    const { ledger } = opened()
    await ledger.settle(who, { tokens: 0, usd: 0 }, await reserved(ledger, who))
    await expect.poll(async () => (await amounts(who)).reservations, { timeout: 20_000 }).toEqual([])
  })

  test('is checked again after a call without a reservation, which may have used it up', async () => {
    const who = await spender()
    const { ledger, writer } = opened()
    await ledger.settle(who, { tokens: 0, usd: 0 }, await reserved(ledger, who))
    ledger.used(callerOf(who).runId, 10_000_000)
    writer.used(callerOf(who), { tokens: 10_000_000, nanoUsd: 0 }, () => {})
    await writer.flush(callerOf(who).runId)
    expect(await ledger.reserve(who, most, most, budgets)).toMatchObject({
      kind: 'exceeded',
      refusal: { scope: 'run' },
    })
  })

  test('is not reserved again if a call that is not written yet has used it up', async () => {
    const who = await spender()
    const { ledger, writer } = opened()
    writer.used(callerOf(who), { tokens: 10_000_000, nanoUsd: 0 }, () => {})
    expect(await ledger.reserve(who, most, most, budgets)).toMatchObject({ kind: 'exceeded' })
  })

  test('is reserved again by the next attempt', async () => {
    const who = await spender()
    const { ledger } = opened()
    await ledger.settle(who, { tokens: 0, usd: 0 }, await reserved(ledger, who))
    await takenUpAgain(who.runId)
    await reserved(ledger, { ...who, attempt: 1 })
    const { rows } = await pool.query('SELECT tokens::int FROM hadal.live_reservation WHERE run_id = $1', [who.runId])
    expect(rows).toEqual([{ tokens: 8_000 }])
  })

  test('gives a run at most a hundredth of what is left to its tenant', async () => {
    const who = await spender()
    const { ledger } = opened()
    await ledger.reserve(who, most, most, { tenantPerDay: { tokens: 350_000 } })
    expect((await amounts(who)).reservations).toEqual([4_000])
  })
})

describe('the writer', () => {
  test('does not block its callers, and writes collected calls in one statement, in order', async () => {
    const writer = new SpendingWriter(pool, (error) => troubles.push(error))
    const who = callerOf(await spender())
    const heard: [number, number][] = []
    for (const tokens of [100, 200, 300]) writer.used(who, { tokens, nanoUsd: 0 }, (...told) => heard.push(told))
    await writer.flush(who.runId)
    writer.used(who, { tokens: 50, nanoUsd: 0 }, (...told) => heard.push(told))
    await writer.flush(who.runId)
    expect(heard).toEqual([
      [600, 600],
      [650, 50],
    ])
  })

  test('keeps calls while the database is unavailable, and writes them afterwards', async () => {
    const nowhere = await switchableAddress('http://127.0.0.1:1')
    const address = new URL(database())
    const { port } = address
    address.port = new URL(nowhere.url).port
    const away = new DatabasePool(
      {
        connectionString: address.href,
        size: 1,
        overflow: 0,
        timeoutSeconds: 1,
        recycleSeconds: 60,
        prePing: true,
        statementTimeoutSeconds: 5,
        applicationName: 'an account under test',
      },
      () => {},
    )
    const writer = new SpendingWriter(away, (error) => troubles.push(error))
    const who = callerOf(await spender())
    const heard: [number, number][] = []
    writer.used(who, { tokens: 7, nanoUsd: 1 }, (...told) => heard.push(told))
    await expect(away.query('SELECT 1')).rejects.toThrow(DatabaseUnavailable)
    nowhere.switchTo(`http://127.0.0.1:${port}`)
    await writer.flush(who.runId)
    expect(heard).toEqual([[7, 7]])
    await away.end()
    await nowhere.close()
  })

  test('reports amounts that it could not write', async () => {
    const lost: unknown[] = []
    const closed = new pg.Pool({ connectionString: database() })
    await closed.end()
    const writer = new SpendingWriter(closed, (_error, sum) => lost.push(sum))
    const who = { tenant: 'a', threadId: randomUUID(), runId: randomUUID() }
    writer.used(who, { tokens: 7, nanoUsd: 1 }, () => {})
    await writer.flush(who.runId)
    expect(lost).toEqual([{ ...who, tokens: 7, nanoUsd: 1 }])
  })
})

describe('two processes with 16 callers each', () => {
  const limit = 200_000
  const program = join(import.meta.dirname, '../fixtures/spend-until-refused.ts')
  const children: ChildProcess[] = []
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  const callersOf = (tenant: string): Promise<Spender[]> =>
    Promise.all(Array.from({ length: 16 }, async () => ({ ...(await spender()), tenant })))
  /** @param holdMs duration of each model call in milliseconds */
  const start = (callers: readonly Spender[], holdMs: number): ChildProcess => {
    const child = fork(program, [database(), JSON.stringify(callers), String(limit), String(holdMs)], {
      stdio: 'inherit',
    })
    children.push(child)
    return child
  }
  const used = async (tenant: string): Promise<number> => {
    const { rows } = await pool.query<{ tokens: string }>(
      'SELECT tokens FROM hadal.tenant_spending WHERE tenant = $1',
      [tenant],
    )
    return Number(rows[0]?.tokens ?? 0)
  }

  const isUsedUp = async (tenant: string): Promise<void> => {
    expect(await used(tenant)).toBeLessThanOrEqual(limit)
    expect(await used(tenant)).toBeGreaterThan(limit - 200)
  }

  test('never exceed the budget together, and use it up', async () => {
    const tenant = randomUUID()
    const [some, others] = await Promise.all([callersOf(tenant), callersOf(tenant)])
    const ended = [start(some, 10), start(others, 10)].map((child) => once(child, 'exit'))
    await Promise.all(ended)
    await isUsedUp(tenant)
  })

  test('use up the budget although one of them is killed while it holds reservations', async () => {
    const tenant = randomUUID()
    const [dying, living] = await Promise.all([callersOf(tenant), callersOf(tenant)])
    // It would hold them for longer than the test may take.
    const killed = start(dying, 600_000)
    const gone = once(killed, 'exit')
    let held = 0
    await new Promise<void>((resolve) => {
      killed.on('message', () => {
        held += 1
        if (held === dying.length) resolve()
      })
    })
    const survived = once(start(living, 10), 'exit')
    killed.kill('SIGKILL')
    await gone
    const { rows } = await pool.query<{ sum: string }>(
      'SELECT sum(tokens) FROM hadal.reservation WHERE run_id = ANY($1)',
      [dying.map(({ runId }) => runId)],
    )
    expect(Number(rows[0]?.sum)).toBe(dying.length * 3_000)
    // The queue notices the death of a worker after its lease.
    await pool.query("UPDATE pgboss.job SET state = 'retry' WHERE name = 'run' AND id = ANY($1)", [
      dying.map(({ runId }) => runId),
    ])
    await survived
    await isUsedUp(tenant)
  })
})

test('reservations were returned without failures', () => {
  expect(troubles).toEqual([])
})
