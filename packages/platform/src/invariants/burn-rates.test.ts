import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withRate = (rate: object, slo: object = {}) => ({
  ...soundInput,
  slo: {
    windowDays: 3,
    ...slo,
    burnRates: [{ severity: 'page', budgetPercent: 10, long: '1h', short: '5m', ...rate }],
  },
})

it('accepts the burn rates of the Site Reliability Workbook', () => {
  expect(sentencesAbout({ ...soundInput, slo: {} })).toEqual([])
})

it("accepts a long window that equals the objective's window, in any unit", () => {
  expect(sentencesAbout(withRate({ long: '3d' }))).toEqual([])
  expect(sentencesAbout(withRate({ long: '259200s' }))).toEqual([])
})

it("rejects a long window beyond the objective's", () => {
  expect(sentencesAbout(withRate({ long: '73h' }))).toEqual([
    'slo.burnRates[0].long = "73h": Must be at most slo.windowDays (3d), the window of the error budget. Shorten it, or raise slo.windowDays.',
  ])
})

it('rejects a short window that is not shorter than the long one', () => {
  expect(sentencesAbout(withRate({ short: '59m' }))).toEqual([])
  expect(sentencesAbout(withRate({ short: '60m' }))).toEqual([
    'slo.burnRates[0].short = "60m": Must be less than long (1h): the short window resolves the alert soon after the failures stop. Shorten it. A twelfth of long is usual.',
  ])
})

it('rejects a share of the budget at which the alert could never fire', () => {
  expect(sentencesAbout(withRate({ budgetPercent: 13.8 }, { availabilityPercent: 90 }))).toEqual([])
  expect(sentencesAbout(withRate({ budgetPercent: 14 }, { availabilityPercent: 90 }))).toEqual([
    'slo.burnRates[0].budgetPercent = 14: It is a burn rate of 10.08, which must be less than 10: with slo.availabilityPercent = 90, a higher burn rate needs more than 100 % failures, so the alert could never fire. Lower it, lengthen long, shorten slo.windowDays, or raise slo.availabilityPercent.',
  ])
})
