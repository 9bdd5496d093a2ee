import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withRate = (rate: object, slo: object = {}) => ({
  ...soundInput,
  slo: { windowDays: 3, ...slo, burnRates: [{ severity: 'page', factor: 2, long: '1h', short: '5m', ...rate }] },
})

it('takes the rates of the workbook', () => {
  expect(sentencesAbout({ ...soundInput, slo: {} })).toEqual([])
})

it("lets a long window be the objective's own, in any unit", () => {
  expect(sentencesAbout(withRate({ long: '3d' }))).toEqual([])
  expect(sentencesAbout(withRate({ long: '259200s' }))).toEqual([])
})

it("refuses a long window beyond the objective's", () => {
  expect(sentencesAbout(withRate({ long: '73h' }))).toEqual([
    'slo.burnRates[0].long = "73h": Allowed is at most slo.windowDays (3d): the budget is of that window. Shorten it, or raise slo.windowDays.',
  ])
})

it('refuses a short window that is not shorter than the long one', () => {
  expect(sentencesAbout(withRate({ short: '59m' }))).toEqual([])
  expect(sentencesAbout(withRate({ short: '60m' }))).toEqual([
    'slo.burnRates[0].short = "60m": Allowed is less than long (1h): it is there to end the alert soon after the trouble ends. Shorten it; a twelfth of long is usual.',
  ])
})

it('refuses a factor that could never fire', () => {
  expect(sentencesAbout(withRate({ factor: 9.9 }, { availabilityPercent: 90 }))).toEqual([])
  expect(sentencesAbout(withRate({ factor: 10 }, { availabilityPercent: 90 }))).toEqual([
    'slo.burnRates[0].factor = 10: Allowed is less than 10: at slo.availabilityPercent = 90 more would need over 100 % of failures, so it could never fire. Lower it, or raise slo.availabilityPercent.',
  ])
})
