import type { Environment } from '@hadal/platform/environment'
import { labels } from '@hadal/platform/names'
import type { AgentDeployment } from '../../agent-deployments.ts'
import type { Manifest } from '../../manifest.ts'

/** The guide's HorizontalPodAutoscaler. Down slowly, since each pod that goes hands back the runs it has. */
export function scaler(environment: Environment, { name, part, scaler, workload }: AgentDeployment): Manifest[] {
  const { autoscaling } = workload
  if (autoscaling.kind !== 'cpu') return []
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: scaler, labels: labels(environment, part) },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: autoscaling.min,
        maxReplicas: autoscaling.max,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: autoscaling.targetPercent } },
          },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: autoscaling.scaleUpWindowSeconds,
            selectPolicy: 'Max',
            policies: [
              { type: 'Percent', value: 100, periodSeconds: 60 },
              { type: 'Pods', value: 4, periodSeconds: 60 },
            ],
          },
          scaleDown: {
            stabilizationWindowSeconds: autoscaling.scaleDownWindowSeconds,
            policies: [{ type: 'Pods', value: autoscaling.scaleDownPodsPerMinute, periodSeconds: 60 }],
          },
        },
      },
    },
  ]
}
