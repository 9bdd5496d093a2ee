import type { Environment } from '@hadal/platform/environment'
import { labels } from '@hadal/platform/names'
import type { Autoscaling } from '@hadal/platform/schema/agent'
import type { HorizontalPodAutoscalerBehavior } from 'kubernetes-types/autoscaling/v2.d.ts'
import type { AgentDeployment } from '../../agent-deployments.ts'
import type { Manifest } from '../../manifest.ts'
import { queueScaler } from './queue-scaler.ts'

type Scaling = Exclude<Autoscaling, { kind: 'none' }>

/** What scales a Deployment; nothing where its pods are a fixed number. */
export function scaler(environment: Environment, target: AgentDeployment): Manifest[] {
  const { autoscaling } = target.workload
  switch (autoscaling.kind) {
    case 'none':
      return []
    case 'cpu':
      return [cpuScaler(environment, target, autoscaling)]
    case 'queue':
      return [queueScaler(environment, target, autoscaling, behaviour(autoscaling))]
  }
}

/** The guide's HorizontalPodAutoscaler. */
function cpuScaler(
  environment: Environment,
  { name, part, scaler }: AgentDeployment,
  autoscaling: Extract<Scaling, { kind: 'cpu' }>,
): Manifest {
  return {
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
      behavior: behaviour(autoscaling),
    },
  }
}

/** Up at once, at most twice as many a minute. Down slowly, since each pod that goes hands back the runs it has. */
function behaviour(autoscaling: Scaling): HorizontalPodAutoscalerBehavior {
  return {
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
  }
}
