import type { Environment } from '@hadal/platform/environment'

/** Severity of an alert: `page` calls the person on duty; `ticket` waits for the next working day. */
export type Severity = 'page' | 'ticket'

/** A rule of an alert: the PromQL condition that makes the alert fire, with its duration, severity and labels. */
export interface AlertRule {
  readonly expr: string
  /** How long the condition of the alert must hold, for example `10m`. If absent, the alert fires at once. */
  readonly for?: string
  readonly severity: Severity
  /** Labels that distinguish the rules of one alert, in addition to the severity. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Samples of a time series in promtool's notation: `0+5x30` is 0, then 5 more per minute for 30 minutes. */
export interface Samples {
  readonly series: string
  readonly values: string
}

/** A unit test of promtool: series with one sample per minute, and the alerts that must fire. */
export interface AlertCase {
  readonly samples: readonly Samples[]
  /** Time at which promtool evaluates the alert, for example `20m`. */
  readonly at: string
  /** Labels of each alert that must fire, in addition to the labels of its rule. Empty: no alert may fire. */
  readonly firing: readonly Readonly<Record<string, string>>[]
}

/** Change of the series of a healthy environment: the values of every series of a metric that has the labels. */
export interface SeriesChange {
  readonly metric: string
  /** Labels of the changed series. If absent, every series of the metric changes. */
  readonly labels?: Readonly<Record<string, string>>
  /** Values in promtool's notation, from the first minute on. */
  readonly values: string
}

/**
 * An outage: parts of the environment are down, and everything else works. Its series are those of a healthy environment
 * (`fixtures/everything-up.ts`) with changes.
 */
export interface Outage {
  /**
   * Labels of the scrape targets that are down from minute 60 on: their `up` becomes 0, or disappears with `gone`, and their other series end.
   * If absent, every target answers.
   */
  readonly dead?: { readonly labels: Readonly<Record<string, string>>; readonly gone?: boolean }
  readonly changed?: readonly SeriesChange[]
  /** Time at which promtool evaluates the alert, for example `90m`. */
  readonly at: string
  /** Labels of each alert that must fire, in addition to the labels of its rule. */
  readonly firing: readonly FiringAlert[]
}

/** Labels of an alert that must fire, in addition to those of its rule. `rule`: index of its rule. Default: its own index in the list. */
export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly rule?: number
}

/** An alert. Its file has its name, and `docs/runbooks/<name>.md` is its runbook. */
export interface Alert {
  readonly name: string
  /** Summary of an alert: the problem in one line. */
  readonly summary: string
  /** Description of an alert: the effect on the users of the agents. */
  readonly description: string
  /** Whether the alert applies to an environment. If absent, it applies to all. */
  readonly concerns?: (environment: Environment) => boolean
  readonly rules: (environment: Environment) => readonly AlertRule[]
  /**
   * Test cases of an alert's rules: the alert fires, it does not fire just below its threshold, and it does not fire without data (unless it
   * is about missing data); further cases where needed.
   */
  readonly cases: (environment: Environment) => {
    readonly fires: AlertCase
    readonly justUnder: AlertCase
    readonly noData: AlertCase
    readonly [further: string]: AlertCase
  }
  /**
   * The outages that the alert is for, by what is down, e.g. `every pod of the API`. At least one. promtool tests that the alert fires in each,
   * and that it is silent while everything is up.
   */
  readonly outages: (environment: Environment) => Readonly<Record<string, Outage>>
}

/** Test case of an alert rule in which no alert may fire. */
export const nothing = (at: string, samples: readonly Samples[] = []): AlertCase => ({ samples, at, firing: [] })
