import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alerts } from '@hadal/charts/alerts/all'
import { metrics } from '@hadal/charts/alerts/metrics'
import { otherMetrics } from '@hadal/charts/alerts/other-metrics'
import { ruleGroups } from '@hadal/charts/alerts/rule-groups'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { repositoryFileUrl } from '@hadal/platform/repository-file-url'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { metricNames } from './metric-names.ts'
import { queriesOf } from './queries.ts'

const environments = [...(await loadEnvironments(root)), withEverything]
const runbooks = join(root, 'docs/runbooks')
const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

test.each(alerts)('$name is in the file of its name and has a runbook', ({ name }) => {
  expect(existsSync(join(root, 'charts/src/alerts', `${kebab(name)}.ts`))).toBe(true)
  const runbook = readFileSync(join(runbooks, `${name}.md`), 'utf8')
  expect(runbook.startsWith(`# ${name}\n`)).toBe(true)
  // A runbook with headings but without text is not accepted.
  expect(runbook.split(/\s+/).length).toBeGreaterThan(80)
})

test('every runbook with the name of an alert has that alert', () => {
  const names = readdirSync(runbooks)
    .map((file) => /^((?:[A-Z][a-z0-9]+){2,})\.md$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
  expect(names.length).toBeGreaterThan(10)
  expect(
    names.filter((name) => !alerts.some((alert) => alert.name === name)),
    'Delete the runbooks of removed alerts. Name a runbook that no alert links to in kebab-case, such as restore-a-backup.md.',
  ).toEqual([])
})

test.each(environments)(
  'rules, dashboards and autoscalers of $name query only declared metrics and recorded series',
  (environment) => {
    const rules = ruleGroups(environment).flatMap((group) => group.rules)
    const recorded = rules.flatMap((rule) => ('record' in rule && typeof rule.record === 'string' ? [rule.record] : []))
    const others = Object.values(otherMetrics).flatMap((names) => Object.values(names))
    // `up` is Prometheus' own metric of successful scrapes.
    const known = new Set<string>(['up', ...Object.values(metrics), ...others, ...recorded])
    const queries = queriesOf(environment)
    expect(queries.filter(({ expr }) => metricNames(expr).length === 0)).toEqual([])
    expect(queries.filter(({ expr }) => metricNames(expr).some((name) => !known.has(withoutPart(name))))).toEqual([])
  },
)

test('every declared metric is queried', () => {
  const asked = new Set(queriesOf(withEverything).flatMap(({ expr }) => metricNames(expr).map(withoutPart)))
  const others = Object.values(otherMetrics).flatMap((names) => Object.values(names))
  expect([...Object.values(metrics), ...others].filter((name) => !asked.has(name))).toEqual([])
})

/** Name of a histogram for the name of one of its series. Histograms are declared without the suffix. */
function withoutPart(name: string): string {
  const [, whole] = /^(.*_seconds)_(?:bucket|sum|count)$/.exec(name) ?? []
  return whole ?? name
}

test.each(environments)('every alert of $name has a severity and a runbook', (environment) => {
  const rules = ruleGroups(environment).flatMap((group) => group.rules)
  for (const rule of rules) {
    if (!('alert' in rule)) continue
    expect(rule.labels?.severity, String(rule.alert)).toMatch(/^(page|ticket)$/)
    const runbook = `docs/runbooks/${rule.alert}.md`
    const { runbook: path, runbook_url: url } = rule.annotations
    expect(url ?? path).toBe(repositoryFileUrl(environment.repository, runbook) ?? runbook)
    expect(existsSync(join(root, runbook)), String(rule.alert)).toBe(true)
  }
})

test.each([
  ['max by (job) (run_queue_age_seconds{job="a by b"}) > 60', ['run_queue_age_seconds']],
  ['sum(rate(a_total{x=~"b|c"}[5m])) / on (job) group_left (z) sum(rate(b_total[5m])) > 0.1', ['a_total', 'b_total']],
  ['absent(up{job="x"}) or job:errors:ratio_rate1h > bool 14.4 * 0.005', ['up', 'job:errors:ratio_rate1h']],
])('finds the metrics of %s', (expression, names) => {
  expect(metricNames(expression)).toEqual(names)
})
