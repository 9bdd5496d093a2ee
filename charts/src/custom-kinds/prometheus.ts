import type { LabelSelector } from 'kubernetes-types/meta/v1.d.ts'

/** What we write of the Prometheus operator's kinds; the schema check holds it against the whole definition. */
export interface PodMonitor {
  apiVersion: 'monitoring.coreos.com/v1'
  kind: 'PodMonitor'
  spec: {
    selector: LabelSelector
    podTargetLabels?: string[]
    podMetricsEndpoints: {
      port: string
      path: string
      interval: string
      scrapeTimeout: string
      relabelings?: { targetLabel: string; replacement: string }[]
    }[]
  }
}

export interface AlertingRule {
  alert: string
  expr: string
  for?: string
  labels: Record<string, string>
  annotations: Record<string, string>
}

export interface RecordingRule {
  record: string
  expr: string
  labels?: Record<string, string>
}

export interface RuleGroup {
  name: string
  rules: (AlertingRule | RecordingRule)[]
}

export interface PrometheusRule {
  apiVersion: 'monitoring.coreos.com/v1'
  kind: 'PrometheusRule'
  spec: { groups: RuleGroup[] }
}
