import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ledgerContract } from '../fixtures/budget-ledger-contract.ts'
import type { Spender } from './ledger.ts'
import { createMemoryBudgetLedger } from './memory-ledger.ts'

const spender = async (like?: Spender): Promise<Spender> => ({
  tenant: like?.tenant ?? randomUUID(),
  threadId: like?.threadId ?? randomUUID(),
  runId: randomUUID(),
  attempt: 0,
})

describe('a ledger in memory', () => {
  const ledger = createMemoryBudgetLedger()
  ledgerContract(
    () => [{ reserve: ledger.reserve, spend: async (...spent) => void (await ledger.settle(...spent)) }],
    spender,
  )

  test('begins a new day at midnight UTC', async () => {
    let now = new Date('2026-11-24T23:59:59.999Z')
    const daily = createMemoryBudgetLedger(() => now)
    const who = await spender()
    const ask = () =>
      daily.reserve(who, { tokens: 1, usd: 0 }, { tokens: 1, usd: 0 }, { tenantPerDay: { tokens: 100 } })
    await daily.settle(who, { tokens: 100, usd: 0 }, undefined)
    expect((await ask()).kind).toBe('exceeded')
    now = new Date('2026-11-25T00:00:00Z')
    expect((await ask()).kind).toBe('reserved')
  })

  test('counts the day of a user apart from those of other users and tenants, and has none for no user', async () => {
    const daily = createMemoryBudgetLedger()
    const as = async (tenant: string, user?: string) => ({ ...(await spender()), tenant, user })
    const ask = async (who: Spender) =>
      (await daily.reserve(who, { tokens: 1, usd: 0 }, { tokens: 1, usd: 0 }, { userPerDay: { tokens: 100 } })).kind
    for (const user of ['ann', undefined]) {
      await daily.settle(await as('one', user), { tokens: 100, usd: 0 }, undefined)
    }
    expect(await ask(await as('one', 'ann'))).toBe('exceeded')
    expect(await ask(await as('one', 'bob'))).toBe('reserved')
    expect(await ask(await as('other', 'ann'))).toBe('reserved')
    expect(await ask(await as('one'))).toBe('reserved')
  })
})
