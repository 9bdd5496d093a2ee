import type { k8s } from 'cdk8s-plus-28'
import { customKind } from './custom-kind.ts'

/** What we write of the Prometheus operator's kinds; the schema check holds it against the whole definition. */
export interface PodMonitorSpec {
  selector: k8s.LabelSelector
  podTargetLabels?: string[]
  podMetricsEndpoints: {
    port: string
    path: string
    interval: string
    scrapeTimeout: string
    relabelings?: { targetLabel: string; replacement: string }[]
  }[]
}

export class PodMonitor extends customKind<PodMonitorSpec>({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
}) {}

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

export interface PrometheusRuleSpec {
  groups: RuleGroup[]
}

export class PrometheusRule extends customKind<PrometheusRuleSpec>({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
}) {}
