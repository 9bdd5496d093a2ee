import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alerts } from '@hadal/charts/alerts/all'
import { metrics } from '@hadal/charts/alerts/metrics'
import { ruleGroups } from '@hadal/charts/alerts/rule-groups'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { createMetrics } from '@hadal/runtime/metrics'
import pg from 'pg'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { metricNames } from './metric-names.ts'

const environments = await loadEnvironments(root)
const runbooks = join(root, 'docs/runbooks')
const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

test.each(alerts)('$name stands in the file of its name and has a runbook that says what to do', ({ name }) => {
  expect(existsSync(join(root, 'charts/src/alerts', `${kebab(name)}.ts`))).toBe(true)
  const runbook = readFileSync(join(runbooks, `${name}.md`), 'utf8')
  expect(runbook.startsWith(`# ${name}\n`)).toBe(true)
  // A page with a heading and nothing under it helps nobody at night.
  expect(runbook.split(/\s+/).length).toBeGreaterThan(80)
})

test('there is no runbook without its alert', () => {
  const names = readdirSync(runbooks)
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
  expect(names.filter((name) => !alerts.some((alert) => alert.name === name))).toEqual([])
})

test.each(environments)(
  'the rules of $name read only metrics that are declared, and what they record themselves',
  (environment) => {
    const rules = ruleGroups(environment).flatMap((group) => group.rules)
    const recorded = rules.flatMap((rule) => ('record' in rule && typeof rule.record === 'string' ? [rule.record] : []))
    // `up` is Prometheus' own: whether it could scrape.
    const known = new Set<string>(['up', ...Object.values(metrics), ...recorded])
    const read = rules.flatMap((rule) => metricNames(String(rule.expr)))
    expect(read.length).toBeGreaterThan(0)
    expect(read.filter((name) => !known.has(name))).toEqual([])
  },
)

test('every metric that alerts read is one that the server exports', () => {
  // A pool connects when it is first asked, and nobody asks this one.
  const exported = createMetrics(new pg.Pool())
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
  expect(Object.values(metrics).filter((name) => !exported.includes(name))).toEqual([])
})

test.each(environments)('every alert of $name bears a severity and its runbook', (environment) => {
  const rules = ruleGroups(environment).flatMap((group) => group.rules)
  for (const rule of rules) {
    if (!('alert' in rule)) continue
    expect(rule.labels?.severity, String(rule.alert)).toMatch(/^(page|ticket)$/)
    expect(existsSync(join(root, rule.annotations?.runbook_url ?? '-')), String(rule.alert)).toBe(true)
  }
})

test.each([
  ['max by (job) (run_queue_age_seconds{job="a by b"}) > 60', ['run_queue_age_seconds']],
  ['sum(rate(a_total{x=~"b|c"}[5m])) / on (job) group_left (z) sum(rate(b_total[5m])) > 0.1', ['a_total', 'b_total']],
  ['absent(up{job="x"}) or job:errors:ratio_rate1h > bool 14.4 * 0.005', ['up', 'job:errors:ratio_rate1h']],
])('the metrics of %s are found', (expression, names) => {
  expect(metricNames(expression)).toEqual(names)
})
