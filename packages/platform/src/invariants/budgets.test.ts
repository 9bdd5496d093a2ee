import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withBudgets = (budgets: object) => ({ ...soundInput, budgets })

it('lets a run take all that its thread and its tenant may take', () => {
  const amount = { tokens: 1000, usd: 2.5 }
  expect(sentencesAbout(withBudgets({ run: amount, thread: amount, tenantPerDay: amount }))).toEqual([])
})

it('refuses a budget of a run that its thread ends first', () => {
  expect(sentencesAbout(withBudgets({ run: { tokens: 1001 }, thread: { tokens: 1000 } }))).toEqual([
    'budgets.run.tokens = 1001: Allowed is at most budgets.thread.tokens (1000), which ends sooner. Lower it, or raise budgets.thread.tokens.',
  ])
})

it('refuses a budget of a run that its tenant ends first', () => {
  expect(sentencesAbout(withBudgets({ run: { usd: 3 }, tenantPerDay: { usd: 2.99 } }))).toHaveLength(1)
})

it('compares tokens with tokens and money with money', () => {
  expect(sentencesAbout(withBudgets({ run: { tokens: 1000 }, thread: { usd: 1 } }))).toEqual([])
})

it('lets a thread of many days take more than its tenant in one', () => {
  expect(sentencesAbout(withBudgets({ thread: { usd: 100 }, tenantPerDay: { usd: 10 } }))).toEqual([])
})
