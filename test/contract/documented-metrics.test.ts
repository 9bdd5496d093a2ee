import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { metrics } from '@hadal/charts/alerts/metrics'
import { otherMetrics } from '@hadal/charts/alerts/other-metrics'
import { ruleGroups } from '@hadal/charts/alerts/rule-groups'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { type Code, codeIn, documentedCode } from './documented-code.ts'

/** Texts in the files of the server that create metrics. test/integration/live-metrics.test.ts compares the names with a running server. */
const created = globSync('packages/runtime/src/**/*.ts', { cwd: root })
  .filter((file) => !/\.test\.ts$|\/fixtures\//.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .filter((text) => /prom-client|create-scrape-query/.test(text))
  .flatMap((text) => text.match(/(?<=')[a-z]\w*(?=')/g) ?? [])
const recorded = ruleGroups(withEverything)
  .flatMap(({ rules }) => rules)
  .flatMap((rule) => ('record' in rule ? [rule.record] : []))
const known = new Set<string>([
  ...created,
  ...Object.values(metrics),
  ...Object.values(otherMetrics).flatMap((names) => Object.values(names)),
  ...recorded,
])

/** A word with the ending of a metric. `_bucket`, `_sum` and `_count` are the series of a histogram. */
const metricName =
  /(?<![\w.:$-])[a-z][a-z0-9]*(?:_[a-z0-9]+)*_(?:total|seconds|bytes|waiting|running|interrupted|expiring|unavailable)(?:_bucket|_sum|_count)?(?![\w.:=])/g

/** Words with such an ending that are not metrics: fields of logs, statements and requests. */
const notMetrics = new Set([
  'after_seconds',
  'deletion_seconds',
  'expire_seconds',
  'graph_unavailable',
  'heartbeat_seconds',
  'rpo_seconds',
  'rto_seconds',
  'ttl_seconds',
])

function unknownMetrics(code: readonly Code[]): string[] {
  return code.flatMap(({ place, text }) =>
    [...text.matchAll(metricName)]
      .map(([name]) => name)
      .filter((name) => !known.has(name.replace(/_(?:bucket|sum|count)$/, '')) && !notMetrics.has(name))
      .map((name) => `${place}: ${name}`),
  )
}

test('documents name only metrics that the server or a named program exports', () => {
  expect(documentedCode.flatMap(({ text }) => text.match(metricName) ?? []).length).toBeGreaterThan(50)
  expect(unknownMetrics(documentedCode)).toEqual([])
  expect(unknownMetrics(codeIn('page.md', '`runs_lost_total`'))).toEqual(['page.md:1: runs_lost_total'])
})
