import { expect, test } from 'vitest'
import type { Amount, Budgets, Spender, Verdict } from './ledger.ts'

/** A ledger as the contract uses it: `spend` gives a reservation back and counts what was used. */
export interface LedgerUnderTest {
  reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict>
  spend(spender: Spender, spent: Amount, reservation: string | undefined): Promise<void>
}

const tokens = (amount: number): Amount => ({ tokens: amount, usd: 0 })
const usd = (amount: number): Amount => ({ tokens: 0, usd: amount })

/**
 * What every ledger holds to.
 *
 * @param ledger any number of them that share their accounts; parallel callers are spread over them
 * @param spender a caller of a new thread and run; of a tenant of its own
 */
export function ledgerContract(
  ledger: () => readonly LedgerUnderTest[],
  spender: (like?: Spender) => Promise<Spender>,
): void {
  const first = (): LedgerUnderTest => {
    const [one] = ledger()
    if (!one) throw new Error('The contract needs a ledger.')
    return one
  }
  const reserved = (verdict: Verdict): { reservation: string; granted: Amount } => {
    if (verdict.kind !== 'reserved') throw new Error(`Not reserved: ${JSON.stringify(verdict)}`)
    return verdict
  }

  test('a call is granted what it may take at most, then all that is left, then nothing while others hold it', async () => {
    const who = await spender()
    const budgets: Budgets = { thread: { tokens: 1_000 } }
    const [least, most] = [tokens(100), tokens(600)]
    const one = reserved(await first().reserve(who, least, most, budgets))
    expect(one.granted.tokens).toBe(600)
    const two = reserved(await first().reserve(who, least, most, budgets))
    expect(two.granted.tokens).toBe(400)
    expect(await first().reserve(who, least, most, budgets)).toMatchObject({
      kind: 'busy',
      refusal: { scope: 'thread', unit: 'tokens', limit: 1_000, used: 0, reserved: 1_000, needed: 100 },
    })
    await first().spend(who, tokens(50), one.reservation)
    expect(reserved(await first().reserve(who, least, most, budgets)).granted.tokens).toBe(550)
    await first().spend(who, tokens(400), two.reservation)
  })

  test.each([
    ['tokens', { tokens: 1_000 }, tokens(950), tokens(100), { used: 950, limit: 1_000, needed: 100 }],
    ['usd', { usd: 2 }, usd(1.999_999), usd(0.000_002), { used: 1.999_999, limit: 2, needed: 0.000_002 }],
  ])(
    'a budget of %s that is used up refuses, whatever the others leave',
    async (unit, limit, spent, least, numbers) => {
      const who = await spender()
      await first().spend(who, spent, undefined)
      const verdict = await first().reserve(who, least, least, { run: limit })
      expect(verdict).toMatchObject({ kind: 'exceeded', refusal: { scope: 'run', unit, reserved: 0, ...numbers } })
    },
  )

  test('runs of a thread share its budget, threads of a tenant share its day, and others have their own', async () => {
    const who = await spender()
    const again = await spender(who)
    const otherThread = { ...(await spender()), tenant: who.tenant }
    const stranger = await spender()
    await first().spend(who, tokens(950), undefined)
    const ask = (caller: Spender, budgets: Budgets): Promise<Verdict> =>
      first().reserve(caller, tokens(100), tokens(100), budgets)
    const limit = { tokens: 1_000 }
    expect((await ask(again, { thread: limit })).kind).toBe('exceeded')
    expect((await ask(again, { run: limit })).kind).toBe('reserved')
    expect((await ask(otherThread, { tenantPerDay: limit })).kind).toBe('exceeded')
    expect((await ask(otherThread, { thread: limit, run: limit })).kind).toBe('reserved')
    expect((await ask(stranger, { thread: limit, run: limit, tenantPerDay: limit })).kind).toBe('reserved')
  })

  test('a refusal of one budget leaves nothing reserved in another', async () => {
    const who = await spender()
    const again = await spender(who)
    await first().spend(who, tokens(1_000), undefined)
    const refused = await first().reserve(who, tokens(1), tokens(1), {
      tenantPerDay: { tokens: 1_500 },
      run: { tokens: 1_000 },
    })
    expect(refused).toMatchObject({ kind: 'exceeded', refusal: { scope: 'run' } })
    const all = reserved(await first().reserve(again, tokens(1), tokens(5_000), { tenantPerDay: { tokens: 1_500 } }))
    expect(all.granted.tokens).toBe(500)
  })

  test('32 callers at once never pass the budget together, and use it up', async () => {
    const limit = 100_000
    const least = 200
    const callers = await Promise.all(
      Array.from({ length: 32 }, async () => ({ ...(await spender()), tenant: 'of 32 callers' })),
    )
    let used = 0
    let underWay = 0
    let most = 0
    const work = async (who: Spender, place: number): Promise<void> => {
      const own = ledger()[place % ledger().length] ?? first()
      for (let call = 0; ; call++) {
        const verdict = await own.reserve(who, tokens(least), tokens(4_000), { tenantPerDay: { tokens: limit } })
        if (verdict.kind === 'exceeded') return
        if (verdict.kind === 'busy') {
          await new Promise((resolve) => setTimeout(resolve, 2))
          continue
        }
        underWay += verdict.granted.tokens
        most = Math.max(most, used + underWay)
        // Any share of what it may take, none and all included.
        const spent = Math.round((verdict.granted.tokens * ((place * 31 + call * 17) % 11)) / 10)
        await new Promise((resolve) => setTimeout(resolve, (place * 7 + call) % 5))
        used += spent
        underWay -= verdict.granted.tokens
        await own.spend(who, tokens(spent), verdict.reservation)
      }
    }
    await Promise.all(callers.map(work))
    expect(most).toBeLessThanOrEqual(limit)
    expect(used).toBeGreaterThan(limit - least)
    expect(used).toBeLessThanOrEqual(limit)
  })
}
