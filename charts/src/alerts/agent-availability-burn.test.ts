import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { agentAvailabilityBurn } from './agent-availability-burn.ts'
import { apiAvailabilityBurn } from './api-availability-burn.ts'
import { sloRules } from './slo-rules.ts'

test('each burn rate is a rule over its two windows, at its factor of the error budget', () => {
  const environment = soundEnvironment({
    slo: {
      availabilityPercent: 99.9,
      windowDays: 30,
      burnRates: [{ severity: 'page', budgetPercent: 2, long: '1h', short: '5m' }],
    },
  })
  expect(agentAvailabilityBurn.rules(environment)).toEqual([
    {
      expr:
        'job:run_failures:ratio_rate1h{job="hadal-test/deep-agents"} > 0.0144 and ' +
        'job:run_failures:ratio_rate5m{job="hadal-test/deep-agents"} > 0.0144 and ' +
        'job:run_failures:increase1h{job="hadal-test/deep-agents"} >= 3',
      for: '2m',
      severity: 'page',
      labels: { long_window: '1h', short_window: '5m' },
    },
  ])
})

test.each([
  ['run_failures', agentAvailabilityBurn],
  ['request_failures', apiAvailabilityBurn],
] as const)('every window of %s that a rule uses is recorded once', (objective, alert) => {
  const environment = soundEnvironment()
  const recording = sloRules(environment, objective)
  const recorded = recording.map(({ record }) => record)
  expect(new Set(recorded).size).toBe(recorded.length)
  const read = [...recording, ...alert.rules(environment)].flatMap(({ expr }) => expr.match(/job:\w+:\w+/g) ?? [])
  expect(new Set(read)).toEqual(new Set(recorded))
})

test('a shorter window of the objective pages at a lower burn rate, for the same share of the budget', () => {
  const threshold = (windowDays: number) =>
    agentAvailabilityBurn.rules(soundEnvironment({ slo: { windowDays } }))[0]?.expr.match(/> ([\d.]+)/)?.[1]
  expect([threshold(30), threshold(10)]).toEqual(['0.072', '0.024'])
})
