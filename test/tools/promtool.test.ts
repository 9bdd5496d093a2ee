import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alerts } from '@hadal/charts/alerts/all'
import { alertsOf } from '@hadal/charts/alerts/rule-groups'
import { promtoolFiles } from '@hadal/charts/fixtures/promtool-files'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { manifestsFolder } from '@hadal/platform/names'
import { afterAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { queriesOf } from '../contract/queries.ts'
import { root } from '../repository-copy.ts'

const environments = await loadEnvironments(root)
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

test.each([...environments, withEverything])(
  'every alert of $name fires above its threshold, and neither just under it nor without data',
  async (environment) => {
    const files = promtoolFiles(environment)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    for (const { name } of alertsOf(environment)) {
      const { tests } = parse(files[`${name}.tests.yaml`] ?? '') as { tests: unknown[] }
      expect(tests.length, `${name}: fires, just under, no data`).toBeGreaterThanOrEqual(3)
    }
    const played = Object.keys(files).filter((name) => name.endsWith('.tests.yaml'))
    expect(await promtool('test', 'rules', ...played)).toMatchObject({ status: 0 })
  },
)

test.each([...environments, withEverything])(
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
