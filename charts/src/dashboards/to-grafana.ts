import { createHash } from 'node:crypto'
import type { Dashboard as GrafanaDashboard, Panel, RowPanel, ThresholdsMode } from '@grafana/schema'
import type { Environment } from '@hadal/platform/environment'
import type { Dashboard, Picture, Row } from './dashboard.ts'

// A value of Grafana; its package is used for types only.
const absolute = 'absolute' as ThresholdsMode

/** Number of panels per row of a dashboard. Grafana's grid has 24 columns. */
const across = 2
const width = 24 / across
const height = 8

/** Data source of the panels: a variable of the dashboard, so that it loads into any Grafana. */
const datasource = { type: 'prometheus', uid: `\${datasource}` }

/** Formats a dashboard as Grafana's JSON, one panel per line, so that a review shows which panels change. The output is deterministic. */
export function grafanaText(dashboard: Dashboard, environment: Environment): string {
  const { panels = [], ...rest } = toGrafana(dashboard, environment)
  const lines = panels.map((panel) => `    ${JSON.stringify(panel)}`).join(',\n')
  const fields = Object.entries(rest).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `{\n${fields.join(',\n')},\n  "panels": [\n${lines}\n  ]\n}\n`
}

/** A dashboard as Grafana's model. */
export function toGrafana(dashboard: Dashboard, environment: Environment): GrafanaDashboard {
  const panels: (Panel | RowPanel)[] = []
  let y = 0
  for (const row of dashboard.rows(environment)) {
    panels.push(rowPanel(row, panels.length + 1, y))
    y += 1
    for (const [index, picture] of row.pictures.entries()) {
      const place = { x: (index % across) * width, y: y + Math.floor(index / across) * height, w: width, h: height }
      panels.push(panel(picture, panels.length + 1, place))
    }
    y += Math.ceil(row.pictures.length / across) * height
  }
  return {
    // Grafana allows 40 characters, and an environment's name alone may have as many.
    uid: createHash('sha256').update(`hadal/${environment.name}/${dashboard.name}`).digest('hex').slice(0, 16),
    title: dashboard.title(environment),
    description: dashboard.about,
    tags: ['hadal', environment.name],
    schemaVersion: 39,
    editable: false,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'utc',
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', hide: 0 }],
    },
    panels,
  }
}

const rowPanel = ({ title }: Row, id: number, y: number): RowPanel => ({
  type: 'row',
  id,
  title,
  collapsed: false,
  gridPos: { x: 0, y, w: 24, h: 1 },
  panels: [],
})

function panel({ title, about, unit, queries, bound }: Picture, id: number, gridPos: Panel['gridPos']): Panel {
  const steps = [{ value: null, color: 'green' }, ...(bound === undefined ? [] : [{ value: bound, color: 'red' }])]
  return {
    type: 'timeseries',
    id,
    title,
    description: about,
    gridPos,
    datasource,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        custom: { fillOpacity: 10, ...(bound !== undefined && { thresholdsStyle: { mode: 'line' } }) },
        thresholds: { mode: absolute, steps },
      },
      overrides: [],
    },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      legendFormat: legend,
    })),
  }
}
