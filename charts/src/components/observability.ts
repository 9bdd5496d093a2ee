import type { Environment } from '@hadal/platform/environment'
import { agentNames, commonLabels, labels, postgresNames, selectorLabels } from '@hadal/platform/names'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { agentDeployments } from '../agent-deployments.ts'
import { ruleGroups } from '../alerts/rule-groups.ts'
import { clusterPods, poolerPods } from '../cloud-native-pg-pods.ts'

const endpoint = { port: 'metrics', path: '/metrics', interval: '30s', scrapeTimeout: '10s' } as const

/** What Prometheus scrapes, and what it tells somebody about. */
export class Observability extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { cluster, namespace, postgres } = environment
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
        [postgresNames.pooler, poolerPods],
      ] as const)
        addObject(this, 'scalers', {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PodMonitor',
          metadata: { name, labels: { ...labels(environment, 'database'), ...chosen } },
          spec: { selector, podMetricsEndpoints: [endpoint] },
        })

    addObject(this, 'scalers', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: agentNames.server, labels: { ...commonLabels(environment), ...chosen } },
      spec: { groups: ruleGroups(environment) },
    })
  }
}
