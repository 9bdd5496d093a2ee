import type { Environment } from '@hadal/platform/environment'

/** `page` wakes somebody; `ticket` waits for the next working day. */
export type Severity = 'page' | 'ticket'

/** One condition that makes an alert fire. */
export interface AlertRule {
  readonly expr: string
  /** How long the condition must hold; absent: at once. */
  readonly for?: string
  readonly severity: Severity
  /** Labels beside the severity, where one alert has several rules. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Samples of a series in promtool's notation: `0+5x30` is 0, then 5 more a minute for 30 minutes. */
export interface Samples {
  readonly series: string
  readonly values: string
}

/** What promtool plays, a sample a minute, and what must fire then. */
export interface AlertCase {
  readonly samples: readonly Samples[]
  /** When it is looked at, e.g. `20m`. */
  readonly at: string
  /** Labels of each alert that must fire, beyond the rule's own; none: nothing may fire. */
  readonly firing: readonly Readonly<Record<string, string>>[]
}

/** One alert: its file is named after it, and `docs/runbooks/<name>.md` says what to do. */
export interface Alert {
  readonly name: string
  /** What a person sees first: what is wrong, in one line. */
  readonly summary: string
  /** What it means for those who use the agents. */
  readonly description: string
  /** Whether the environment has what the alert looks at; absent: every one has. */
  readonly concerns?: (environment: Environment) => boolean
  readonly rules: (environment: Environment) => readonly AlertRule[]
  /**
   * The three cases that prove a rule: it fires, it doesn't just under its bound, it doesn't without data (or does, if that is its
   * point); and further ones where it has more to prove.
   */
  readonly cases: (environment: Environment) => {
    readonly fires: AlertCase
    readonly justUnder: AlertCase
    readonly noData: AlertCase
    readonly [further: string]: AlertCase
  }
}

/** What every alert case without an effect says. */
export const nothing = (at: string, samples: readonly Samples[] = []): AlertCase => ({ samples, at, firing: [] })
