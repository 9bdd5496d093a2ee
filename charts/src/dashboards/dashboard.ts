import type { Environment } from '@hadal/platform/environment'

/** Units by Grafana's own ids. */
export type Unit = 'short' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'dtdurations' | 'currencyUSD'

export interface Query {
  readonly expr: string
  /** With labels in braces: `{{pod}}`. */
  readonly legend: string
}

/** One picture over time. */
export interface Picture {
  readonly title: string
  /** What a person should see in it, for whoever opens its information. */
  readonly about: string
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** A bound that an alert has too, drawn as a line. */
  readonly bound?: number
}

export interface Row {
  readonly title: string
  readonly pictures: readonly Picture[]
}

/** A dashboard before it is Grafana's: what it shows, in the order in which one looks. */
export interface Dashboard {
  /** Of its ConfigMap, after the agent's name. */
  readonly name: string
  readonly title: (environment: Environment) => string
  readonly about: string
  readonly rows: (environment: Environment) => readonly Row[]
}
