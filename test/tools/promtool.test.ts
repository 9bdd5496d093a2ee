import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alerts } from '@hadal/charts/alerts/all'
import { alertsOf } from '@hadal/charts/alerts/rule-groups'
import { everythingUp } from '@hadal/charts/fixtures/everything-up'
import { outagesOf, promtoolFiles } from '@hadal/charts/fixtures/promtool-files'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { defineEnvironment } from '@hadal/platform/define-environment'
import { soundProtectedInput } from '@hadal/platform/fixtures/example-environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { metricNames } from '../contract/metric-names.ts'
import { queriesOf } from '../contract/queries.ts'
import { root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)
const together = defineEnvironment({
  ...soundProtectedInput,
  name: 'together',
  // So strict that one minute without the API uses up more than the budget of the fastest burn rate.
  slo: { availabilityPercent: 99.9 },
  postgres: {
    kind: 'cnpg',
    maxConnections: 2000,
    instances: 2,
    storage: { size: '20Gi', walStorage: { size: '5Gi' } },
  },
})
const played = [...environments, withEverything, together]
const folder = mkdtempSync(join(tmpdir(), 'promtool-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs promtool, which is in Debian's package `prometheus`. The test fails if it is not installed. */
function promtool(...args: string[]): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    execFile('promtool', args, { cwd: folder, timeout: 60_000 }, (error, out, errors) => {
      if (error && typeof error.code !== 'number') {
        reject(
          new Error(`promtool did not run (${error.code}). Install it: apt-get install prometheus`, { cause: error }),
        )
      } else resolve({ status: Number(error?.code ?? 0), said: out + errors })
    })
  })
}

test.each(environments)('promtool accepts every committed PrometheusRule of $name', async ({ name }) => {
  const manifests = join(root, manifestsFolder(name))
  const files = readdirSync(manifests, { recursive: true }).map(String)
  const rules = files.filter((file) => /(^|\/)PrometheusRule\./.test(file))
  expect(rules).not.toEqual([])
  for (const file of rules) {
    const { spec } = parse(readFileSync(join(manifests, file), 'utf8')) as { spec: object }
    writeFileSync(join(folder, 'committed.yaml'), stringify(spec))
    expect(await promtool('check', 'rules', '--lint=all', '--lint-fatal', 'committed.yaml'), file).toMatchObject({
      status: 0,
    })
  }
})

test('an environment with all options has every alert', () => {
  expect(alertsOf(withEverything)).toEqual(alerts)
})

test.each(played)(
  'every alert of $name fires above its threshold and in its outages, and is silent just under it and while everything is up',
  async (environment) => {
    const files = promtoolFiles(environment)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    for (const { name } of alertsOf(environment)) {
      const { tests } = parse(files[`${name}.tests.yaml`] ?? '') as { tests: { name: string }[] }
      const names = tests.map((test) => test.name)
      for (const needed of ['fires', 'justUnder', 'noData', 'everything is up'])
        expect(names).toContain(`${name}: ${needed}`)
      expect(names.join('\n'), `${name} has an outage`).toContain(`${name}: outage: `)
    }
    const played = Object.keys(files).filter((name) => name.endsWith('.tests.yaml'))
    const { status, said } = await promtool('test', 'rules', ...played)
    expect(status, said).toBe(0)
  },
)

test('an alert without an outage, or with an outage in which it does not fire, is refused', () => {
  const [alert] = alerts
  if (!alert) throw new Error('There is no alert.')
  expect(() => outagesOf(withEverything, { ...alert, outages: () => ({}) })).toThrow(
    `${alert.name} has no outage. Write into its file what is down when it fires.`,
  )
  const silent = { nothing: { at: '10m', firing: [] } }
  expect(() => outagesOf(withEverything, { ...alert, outages: () => silent })).toThrow(
    `${alert.name} does not fire in its outage "nothing".`,
  )
})

test.each(played)('a healthy $name has series of every metric that an alert queries', (environment) => {
  const has = new Set(everythingUp(environment, 1).map(({ series }) => series.replace(/\{.*/, '')))
  for (const { name, rules } of alertsOf(environment)) {
    const asked = rules(environment).flatMap(({ expr }) => metricNames(expr))
    const missing = asked.filter((metric) => !metric.startsWith('job:') && !has.has(metric))
    expect(missing, `Add the metrics of ${name} to charts/src/fixtures/everything-up.ts`).toEqual([])
  }
})

test.each(played)(
  'promtool accepts every query of the rules, dashboards and autoscalers of $name',
  async (environment) => {
    const rules = queriesOf(environment).map(({ expr }, index) => ({ record: `job:query:number${index}`, expr }))
    expect(rules.length).toBeGreaterThan(20)
    writeFileSync(join(folder, 'queries.yaml'), stringify({ groups: [{ name: 'queries', rules }] }))
    expect(await promtool('check', 'rules', 'queries.yaml')).toMatchObject({ status: 0 })
  },
)

test('promtool rejects an invalid rule', async () => {
  writeFileSync(
    join(folder, 'wrong.yaml'),
    stringify({ groups: [{ name: 'x', rules: [{ alert: 'X', expr: 'sum(' }] }] }),
  )
  expect((await promtool('check', 'rules', 'wrong.yaml')).status).not.toBe(0)
})
