import { expect, test } from 'vitest'
import { burnsOf, errorBudgetMinutes } from './error-budget.ts'
import { Slo } from './schema/observability.ts'

test('the error budget is the share of the window that may fail, in minutes', () => {
  expect(errorBudgetMinutes({ availabilityPercent: 99.5, windowDays: 30 })).toBe(216)
  expect(errorBudgetMinutes({ availabilityPercent: 99.9, windowDays: 30 })).toBe(43.2)
  expect(errorBudgetMinutes({ availabilityPercent: 99.99, windowDays: 7 })).toBe(1.008)
})

test('burn rates are shown as shares of failures, minutes of the budget and hours until it is used', () => {
  expect(burnsOf(Slo.parse({}))).toEqual([
    { severity: 'page', long: '1h', short: '5m', failuresPercent: 7.2, usedMinutes: 4.32, hoursUntilUsed: 50 },
    { severity: 'page', long: '6h', short: '30m', failuresPercent: 3, usedMinutes: 10.8, hoursUntilUsed: 120 },
    { severity: 'ticket', long: '1d', short: '2h', failuresPercent: 1.5, usedMinutes: 21.6, hoursUntilUsed: 240 },
    { severity: 'ticket', long: '3d', short: '6h', failuresPercent: 0.5, usedMinutes: 21.6, hoursUntilUsed: 720 },
  ])
})

test('no more than all runs can fail', () => {
  const slo = Slo.parse({
    availabilityPercent: 50,
    burnRates: [{ severity: 'page', budgetPercent: 50, long: '1h', short: '5m' }],
  })
  expect(burnsOf(slo)[0]?.failuresPercent).toBe(100)
})
