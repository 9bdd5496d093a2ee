import type { HorizontalPodAutoscalerBehavior } from 'kubernetes-types/autoscaling/v2.d.ts'

/** What we write of KEDA's kind; the schema check holds it against the whole definition. */
export interface ScaledObject {
  apiVersion: 'keda.sh/v1alpha1'
  kind: 'ScaledObject'
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1'; kind: 'Deployment'; name: string }
    pollingInterval: number
    minReplicaCount: number
    maxReplicaCount: number
    fallback: { failureThreshold: number; replicas: number; behavior: 'currentReplicasIfHigher' }
    advanced: { horizontalPodAutoscalerConfig: { name: string; behavior: HorizontalPodAutoscalerBehavior } }
    triggers: {
      type: 'prometheus'
      metricType: 'AverageValue'
      metadata: { serverAddress: string; query: string; threshold: string; ignoreNullValues: 'false' }
    }[]
  }
}
