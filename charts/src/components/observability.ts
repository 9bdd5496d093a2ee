import type { Environment } from '@hadal/platform/environment'
import {
  agentName,
  agentNames,
  commonLabels,
  labels,
  postgresNames,
  redisName,
  selectorLabels,
} from '@hadal/platform/names'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { agentDeployments } from '../agent-deployments.ts'
import { ruleGroups } from '../alerts/rule-groups.ts'
import { clusterPods, poolerPods, poolersName } from '../cloud-native-pg-pods.ts'
import { dashboards } from '../dashboards/all.ts'
import { grafanaText } from '../dashboards/to-grafana.ts'

const endpoint = { port: 'metrics', path: '/metrics', interval: '30s', scrapeTimeout: '10s' } as const

/** What Prometheus scrapes, and what it tells somebody about. */
export class Observability extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { cluster, namespace, postgres, redis } = environment
    super(scope, id, { namespace })
    // The label by which the cluster's Prometheus chooses what it reads.
    const chosen = { release: cluster.prometheusRelease }

    addObject(this, 'scalers', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: agentNames.server, labels: { ...labels(environment, 'server'), ...chosen } },
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
        podMetricsEndpoints: [endpoint],
      },
    })

    if (postgres.kind === 'cnpg')
      for (const [name, selector] of [
        [postgresNames.cluster, clusterPods],
        [poolersName, poolerPods(environment)],
      ] as const)
        addObject(this, 'scalers', {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PodMonitor',
          metadata: { name, labels: { ...labels(environment, 'database'), ...chosen } },
          spec: { selector, podMetricsEndpoints: [endpoint] },
        })

    if (redis.kind === 'cluster')
      addObject(this, 'scalers', {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata: { name: redisName, labels: { ...labels(environment, 'cache'), ...chosen } },
        spec: {
          selector: { matchLabels: selectorLabels('cache') },
          podMetricsEndpoints: [{ ...endpoint, port: 'redis-exporter' }],
        },
      })

    addObject(this, 'scalers', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: agentNames.server, labels: { ...commonLabels(environment), ...chosen } },
      spec: { groups: ruleGroups(environment) },
    })

    // Grafana's sidecar loads every ConfigMap with this label. One object a file: the braces of a legend hide no other from scanners.
    for (const dashboard of dashboards)
      addObject(this, 'scalers', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: `${agentName}-${dashboard.name}`,
          labels: { ...commonLabels(environment), grafana_dashboard: '1' },
        },
        data: { [`${agentName}-${dashboard.name}.json`]: grafanaText(dashboard, environment) },
      })
  }
}
