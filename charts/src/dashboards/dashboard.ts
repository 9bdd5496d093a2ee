import type { Environment } from '@hadal/platform/environment'

/** Units, by Grafana's ids. */
export type Unit = 'short' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'dtdurations' | 'currencyUSD'

export interface Query {
  readonly expr: string
  /** Legend, with labels in braces: `{{pod}}`. */
  readonly legend: string
}

/** A panel with a time series. */
export interface Picture {
  readonly title: string
  /** Panel description. */
  readonly about: string
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** Bound of an alert, drawn as a line. */
  readonly bound?: number
}

export interface Row {
  readonly title: string
  readonly pictures: readonly Picture[]
}

/** A dashboard, independent of Grafana's format: its panels in reading order. */
export interface Dashboard {
  /** Suffix of its ConfigMap's name. */
  readonly name: string
  readonly title: (environment: Environment) => string
  readonly about: string
  readonly rows: (environment: Environment) => readonly Row[]
}
