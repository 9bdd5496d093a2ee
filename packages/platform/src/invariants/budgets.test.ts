import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withBudgets = (budgets: object) => ({ ...soundInput, budgets })

it("accepts a run's budget that equals those of its thread and its tenant", () => {
  const amount = { tokens: 1000, usd: 2.5 }
  expect(sentencesAbout(withBudgets({ run: amount, thread: amount, tenantPerDay: amount }))).toEqual([])
})

it("rejects a run's budget above its thread's budget", () => {
  expect(sentencesAbout(withBudgets({ run: { tokens: 1001 }, thread: { tokens: 1000 } }))).toEqual([
    'budgets.run.tokens = 1001: Must be at most budgets.thread.tokens (1000): a larger budget would never take effect. Lower it, or raise budgets.thread.tokens.',
  ])
})

it("rejects a run's budget above its tenant's budget", () => {
  expect(sentencesAbout(withBudgets({ run: { usd: 3 }, tenantPerDay: { usd: 2.99 } }))).toHaveLength(1)
  expect(sentencesAbout(withBudgets({ run: { usd: 3 }, userPerDay: { usd: 2.99 } }))).toHaveLength(1)
})

it('compares tokens with tokens and money with money', () => {
  expect(sentencesAbout(withBudgets({ run: { tokens: 1000 }, thread: { usd: 1 } }))).toEqual([])
})

it("accepts a thread's budget above its tenant's daily budget", () => {
  expect(sentencesAbout(withBudgets({ thread: { usd: 100 }, tenantPerDay: { usd: 10 } }))).toEqual([])
})
