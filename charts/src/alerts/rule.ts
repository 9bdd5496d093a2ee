/** A rule of Prometheus that fires an alert. */
export interface AlertingRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: Record<string, string>
  readonly annotations: Record<string, string>
}

/** A rule of Prometheus that records the result of an expression as a metric. */
export interface RecordingRule {
  readonly record: string
  readonly expr: string
  readonly labels?: Record<string, string>
}

/** Rules that Prometheus evaluates in order. */
export interface RuleGroup {
  readonly name: string
  /** How often Prometheus evaluates the rules, e.g. `60s`. Default: Prometheus' own interval. */
  readonly interval?: string
  readonly rules: readonly (AlertingRule | RecordingRule)[]
}
