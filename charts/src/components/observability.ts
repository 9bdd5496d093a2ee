import { servingCluster } from '@hadal/platform/database-clusters'
import { agentName, agentNames, postgresNames, redisName, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import type { Construct } from 'constructs'
import { agentDeployments } from '../agent-deployments.ts'
import { ruleGroups } from '../alerts/rule-groups.ts'
import { clusterPods, poolerPods, poolersName } from '../cloud-native-pg-pods.ts'
import { ComponentChart } from '../component-chart.ts'
import { dashboards } from '../dashboards/all.ts'
import { grafanaText } from '../dashboards/to-grafana.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { PodMonitor, PrometheusRule, PrometheusRuleSpecGroupsRulesExpr } from '../generated/monitoring.coreos.com.js'

const endpoint = { port: 'metrics', path: '/metrics', interval: '30s', scrapeTimeout: '10s' } as const

/** Monitoring objects of an environment: the targets that Prometheus scrapes, recording rules and alerts, and Grafana's dashboards. */
export class Observability extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { cluster, postgres, redis } = environment
    // The label by which the cluster's Prometheus chooses what it reads.
    const chosen = { release: cluster.prometheusRelease }

    new PodMonitor(this, 'agent', {
      metadata: { name: agentNames.server, labels: { ...selectorLabels('server'), ...chosen } },
      spec: {
        selector: {
          matchLabels: { 'app.kubernetes.io/name': selectorLabels('server')['app.kubernetes.io/name'] },
          matchExpressions: [
            {
              key: 'app.kubernetes.io/component',
              operator: 'In',
              values: agentDeployments(environment).map(({ part }) => part),
            },
          ],
        },
        // Alerts distinguish the Deployments by this label (`partLabel`). All have one job, so that their runs are counted together.
        podTargetLabels: ['app.kubernetes.io/component'],
        podMetricsEndpoints: [endpoint],
      },
    })

    const serving = servingCluster(environment)
    // Alerts and dashboards find the Cluster that serves by these names, whichever it is.
    if (postgres.kind === 'cnpg')
      for (const [name, selector] of [
        [postgresNames.cluster, clusterPods(serving)],
        [poolersName(postgresNames.cluster), poolerPods(environment, serving)],
      ] as const)
        new PodMonitor(this, name, {
          metadata: { name, labels: { ...selectorLabels('database'), ...chosen } },
          spec: { selector, podMetricsEndpoints: [endpoint] },
        })

    if (redis.kind === 'cluster')
      new PodMonitor(this, redisName, {
        metadata: { name: redisName, labels: { ...selectorLabels('cache'), ...chosen } },
        spec: {
          selector: { matchLabels: selectorLabels('cache') },
          podMetricsEndpoints: [{ ...endpoint, port: 'redis-exporter' }],
        },
      })

    new PrometheusRule(this, 'rules', {
      metadata: { name: agentNames.server, labels: chosen },
      spec: {
        groups: ruleGroups(environment).map(({ rules, ...group }) => ({
          ...group,
          rules: rules.map((rule) => ({ ...rule, expr: PrometheusRuleSpecGroupsRulesExpr.fromString(rule.expr) })),
        })),
      },
    })

    // Grafana's sidecar loads every ConfigMap with this label. One dashboard per file: the braces of a legend hide no other from scanners.
    for (const dashboard of dashboards)
      new k8s.KubeConfigMap(this, `dashboard-${dashboard.name}`, {
        metadata: { name: `${agentName}-${dashboard.name}`, labels: { grafana_dashboard: '1' } },
        data: { [`${agentName}-${dashboard.name}.json`]: grafanaText(dashboard, environment) },
      })
  }
}
