import { randomUUID } from 'node:crypto'
import { judge, type Spending } from './judge.ts'
import {
  type Amount,
  type BudgetLedger,
  type Budgets,
  type Scope,
  type Spender,
  scopes,
  type Verdict,
} from './ledger.ts'

const none: Amount = { tokens: 0, usd: 0 }
const plus = (a: Amount, b: Amount): Amount => ({ tokens: a.tokens + b.tokens, usd: a.usd + b.usd })

const key = (scope: Scope, { tenant, user, threadId, runId }: Spender, day: string): string | undefined => {
  const userPerDay = user === undefined ? undefined : JSON.stringify([tenant, user, day])
  const id = { run: runId, thread: threadId, userPerDay, tenantPerDay: `${tenant} ${day}` }[scope]
  return id === undefined ? undefined : `${scope} ${id}`
}

/** Creates a budget ledger in the memory of this process, for a single process and for tests. A restart resets the used amounts. */
export function createMemoryBudgetLedger(now: () => Date = () => new Date()): BudgetLedger {
  const used = new Map<string, Amount>()
  const reservations = new Map<string, { spender: Spender; amount: Amount }>()
  const today = (): string => now().toISOString().slice(0, 10)

  const spending = (scope: Scope, spender: Spender): Spending => {
    const wanted = key(scope, spender, today())
    if (wanted === undefined) return { used: none, reserved: none }
    const others = [...reservations.values()].filter((one) => key(scope, one.spender, today()) === wanted)
    return {
      used: used.get(wanted) ?? none,
      reserved: others.reduce((sum, { amount }) => plus(sum, amount), none),
    }
  }

  return {
    async reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict> {
      const judgement = judge(budgets, (scope) => spending(scope, spender), least, most)
      if (judgement.kind !== 'granted') return judgement
      const reservation = randomUUID()
      reservations.set(reservation, { spender, amount: judgement.granted })
      return { kind: 'reserved', reservation, granted: judgement.granted }
    },
    async settle(spender, spent, reservation) {
      if (reservation !== undefined) reservations.delete(reservation)
      for (const scope of scopes) {
        const of = key(scope, spender, today())
        if (of !== undefined) used.set(of, plus(used.get(of) ?? none, spent))
      }
      const session = key('thread', spender, today())
      return session === undefined ? undefined : used.get(session)?.tokens
    },
  }
}
