import type { Environment } from '@hadal/platform/environment'

/** Units of the values in a Grafana panel, by Grafana's ids. */
export type Unit = 'short' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'dtdurations' | 'currencyUSD'

export interface Query {
  readonly expr: string
  /** Legend of a query in a Grafana panel, with labels in braces: `{{pod}}`. */
  readonly legend: string
}

/** A Grafana panel with a time series. */
export interface Picture {
  readonly title: string
  /** Description of the Grafana panel. */
  readonly about: string
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** Threshold of an alert, drawn as a line in the Grafana panel. */
  readonly bound?: number
}

export interface Row {
  readonly title: string
  readonly pictures: readonly Picture[]
}

/** A dashboard, independent of Grafana's format: its panels in reading order. */
export interface Dashboard {
  /** Suffix of the name of the dashboard's ConfigMap. */
  readonly name: string
  readonly title: (environment: Environment) => string
  readonly about: string
  readonly rows: (environment: Environment) => readonly Row[]
}
