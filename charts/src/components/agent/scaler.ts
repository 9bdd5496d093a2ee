import { selectorLabels } from '@hadal/platform/names'
import type { Autoscaling } from '@hadal/platform/schema/agent'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { NamedWorkload } from '../../agent-deployments.ts'
import type { EnvironmentProps } from '../../environment-props.ts'
import { ScaledObject, ScaledObjectSpecFallbackBehavior } from '../../generated/keda.sh.js'
import { wantedPods } from './wanted-pods.ts'

type Scaling<Kind extends 'cpu' | 'queue'> = Extract<Autoscaling, { kind: Kind }>

export interface ScalerProps<Kind extends 'cpu' | 'queue'> extends EnvironmentProps, NamedWorkload {
  readonly autoscaling: Scaling<Kind>
}

/** The production guide's HorizontalPodAutoscaler, which scales by CPU use. */
export class CpuScaler extends Construct {
  constructor(scope: Construct, id: string, { autoscaling, name, part, scaler }: ScalerProps<'cpu'>) {
    super(scope, id)
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name: scaler, labels: selectorLabels(part) },
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
        behavior: behavior(autoscaling),
      },
    })
  }
}

/**
 * KEDA's ScaledObject, which scales by the number of waiting runs. KEDA creates a HorizontalPodAutoscaler from it, with the production
 * guide's name. KEDA queries Prometheus and not the database (docs/decisions/0021-queue-autoscaling.md).
 */
export class QueueScaler extends Construct {
  constructor(scope: Construct, id: string, props: ScalerProps<'queue'>) {
    super(scope, id)
    const { autoscaling, environment, name, part, scaler } = props
    new ScaledObject(this, 'scaled-object', {
      metadata: {
        name,
        labels: selectorLabels(part),
        // KEDA's webhook refuses a Deployment that has an autoscaler, and after a change from `cpu` Argo CD removes that one only at the end of
        // the sync. KEDA takes it over instead: it has the same name.
        annotations: { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' },
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        pollingInterval: 30,
        minReplicaCount: autoscaling.min,
        maxReplicaCount: autoscaling.max,
        // After 90 s without an answer of Prometheus, the number of pods stays, and is never below the minimum.
        fallback: {
          failureThreshold: 3,
          replicas: autoscaling.min,
          behavior: ScaledObjectSpecFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER,
        },
        advanced: { horizontalPodAutoscalerConfig: { name: scaler, behavior: behavior(autoscaling) } },
        triggers: [
          {
            type: 'prometheus',
            metricType: 'AverageValue',
            metadata: {
              // The Service that the Prometheus operator makes for every Prometheus.
              serverAddress: `http://prometheus-operated.${environment.cluster.monitoringNamespace}.svc:9090`,
              query: wantedPods(environment, autoscaling),
              threshold: '1',
              ignoreNullValues: 'false',
            },
          },
        ],
      },
    })
  }
}

/**
 * Behaviour of the autoscalers. They scale up at once, at most to twice as many pods per minute. They scale down slowly, because each removed
 * pod returns its runs to the queue.
 */
function behavior(autoscaling: Scaling<'cpu' | 'queue'>): k8s.HorizontalPodAutoscalerBehaviorV2 {
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
