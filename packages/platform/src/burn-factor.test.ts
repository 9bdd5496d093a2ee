import { expect, test } from 'vitest'
import { burnFactor } from './burn-factor.ts'
import { soundEnvironment } from './fixtures/example-environment.ts'

test.each([
  [30, [14.4, 6, 3, 1]],
  [7, [3.36, 1.4, 1, 1]],
  [90, [43.2, 18, 9, 3]],
])('in a window of %d days the default burn rates are %j', (windowDays, factors) => {
  const { slo } = soundEnvironment({ slo: { windowDays } })
  expect(slo.burnRates.map((rate) => burnFactor(slo, rate))).toEqual(factors)
})
