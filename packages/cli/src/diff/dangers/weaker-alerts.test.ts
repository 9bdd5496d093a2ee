import { expect, test } from 'vitest'
import { alert, burn, type Case, dangers, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a removed alert',
    [alert({})],
    [object('PrometheusRule', {})],
    ['weaker-alerts: PrometheusRule x: Alert Late is removed.'],
  ],
  [
    'a lower severity',
    [alert({})],
    [alert({ labels: { severity: 'ticket' } })],
    ['weaker-alerts: PrometheusRule x: Alert Late: its severity changes from page to ticket.'],
  ],
  [
    'a higher threshold',
    [alert({})],
    [alert({ expr: 'age > 90' })],
    ['weaker-alerts: PrometheusRule x: Alert Late: its threshold changes from > 60 to > 90.'],
  ],
  ['a lower threshold', [alert({})], [alert({ expr: 'age > 30' })], []],
  [
    'a longer wait',
    [alert({ for: '90s' })],
    [alert({ for: '2m' })],
    ['weaker-alerts: PrometheusRule x: Alert Late: it waits 2m instead of 90s.'],
  ],
  [
    'one removed rule of several with the same name',
    [burn('1h', '6h')],
    [burn('1h')],
    ['weaker-alerts: PrometheusRule x: Alert Burn 6h is removed.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
