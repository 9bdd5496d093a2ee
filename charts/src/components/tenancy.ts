import type { Environment } from '@hadal/platform/environment'
import { agentNames, commonLabels } from '@hadal/platform/names'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import { networkPolicies } from './tenancy/network-policies.ts'
import { serviceAccounts } from './tenancy/service-accounts.ts'

/** What bounds everything else in the namespace: quota, defaults of containers, policies, accounts. The Namespace is Pulumi's. */
export class Tenancy extends Chart {
  constructor(scope: Construct, id: string, environment: Environment) {
    const { namespace, quota } = environment
    super(scope, id, { namespace })
    const labels = commonLabels(environment)

    addObject(this, 'accounts', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: agentNames.quota, labels },
      spec: {
        hard: {
          'requests.cpu': quota.requests.cpu,
          'requests.memory': quota.requests.memory,
          'limits.cpu': quota.limits.cpu,
          'limits.memory': quota.limits.memory,
          pods: String(quota.pods),
          // The API is reached through the Gateway or Ingress: nothing here opens a door of its own.
          'services.loadbalancers': '0',
          'services.nodeports': '0',
        },
      },
    })

    // Our containers say what they take. This is for those that operators add, which the quota would refuse without it.
    addObject(this, 'accounts', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: agentNames.limitRange, labels },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
            default: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
          },
        ],
      },
    })

    for (const account of serviceAccounts(environment)) addObject(this, 'accounts', account)
    for (const policy of networkPolicies(environment)) addObject(this, 'accounts', policy)
  }
}
