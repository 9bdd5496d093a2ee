import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { withEverything } from '../fixtures/shapes.ts'
import { dashboards } from './all.ts'
import { grafanaText, toGrafana } from './to-grafana.ts'

const all = dashboards.flatMap((dashboard) =>
  [withEverything, soundEnvironment()].map((environment) => ({ dashboard, environment, name: dashboard.name })),
)

test.each(all)(
  'the text of $name is JSON that says what was meant, and the same each time',
  ({ dashboard, environment }) => {
    const text = grafanaText(dashboard, environment)
    expect(JSON.parse(text)).toEqual(toGrafana(dashboard, environment))
    expect(grafanaText(dashboard, environment)).toBe(text)
  },
)

test.each(all)('no two panels of $name have the same id or position', ({ dashboard, environment }) => {
  const { panels = [] } = toGrafana(dashboard, environment)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const places = panels.flatMap(({ gridPos }) => {
    if (!gridPos) throw new Error('A panel has no place.')
    const { x, y, w, h } = gridPos
    expect(x + w).toBeLessThanOrEqual(24)
    return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`)
  })
  expect(new Set(places).size).toBe(places.length)
})

test('a panel uses the selected data source', () => {
  const [dashboard] = dashboards
  if (!dashboard) throw new Error('There is no dashboard.')
  const { panels = [], templating } = toGrafana(dashboard, withEverything)
  expect(templating?.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }])
  const asked = panels.flatMap((panel) => ('targets' in panel ? (panel.targets ?? []) : []))
  expect(asked.length).toBeGreaterThan(10)
  expect(new Set(asked.map(({ datasource }) => JSON.stringify(datasource)))).toEqual(
    new Set([JSON.stringify({ type: 'prometheus', uid: ['$', '{datasource}'].join('') })]),
  )
})

test('a component that an environment lacks has no row', () => {
  const titles = (environment: typeof withEverything) =>
    dashboards.flatMap((dashboard) => dashboard.rows(environment).map(({ title }) => title))
  expect(titles(withEverything)).toEqual(expect.arrayContaining(['PostgreSQL', 'Redis', 'Certificates']))
  const bare = soundEnvironment({ postgres: { kind: 'standalone', maxConnections: 2000 } })
  expect(titles(bare)).not.toEqual(expect.arrayContaining(['PostgreSQL']))
})
