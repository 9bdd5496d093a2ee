import { mayNeedAcmeSolver } from '@hadal/platform/largest-scale-out'
import { agentNames } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { quantities } from '../resource-requirements.ts'
import { NetworkPolicies } from './tenancy/network-policies.ts'
import { ServiceAccounts } from './tenancy/service-accounts.ts'

/**
 * Limits of an environment's namespace: quota, default resources of containers, network policies, service accounts. Pulumi creates the
 * Namespace.
 */
export class Tenancy extends ComponentChart {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id, { environment })
    const { quota } = environment

    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: agentNames.quota },
      spec: {
        hard: quantities({
          'requests.cpu': quota.requests.cpu,
          'requests.memory': quota.requests.memory,
          'limits.cpu': quota.limits.cpu,
          'limits.memory': quota.limits.memory,
          pods: String(quota.pods),
          // The API is reached through the Gateway or Ingress: no Service of this namespace opens a port of its own.
          'services.loadbalancers': '0',
          // The Service of cert-manager's ACME solver has type NodePort, unless its issuer sets serviceType to ClusterIP.
          'services.nodeports': mayNeedAcmeSolver(environment) ? '1' : '0',
        }),
      },
    })

    // Our containers have requests and limits. These defaults are for containers that operators add, which the quota would refuse.
    new k8s.KubeLimitRange(this, 'limit-range', {
      metadata: { name: agentNames.limitRange },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: quantities({ cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' }),
            default: quantities({ cpu: '500m', memory: '256Mi', 'ephemeral-storage': '256Mi' }),
          },
        ],
      },
    })

    new ServiceAccounts(this, 'service-accounts', { environment })
    new NetworkPolicies(this, 'network-policies', { environment })
  }
}
