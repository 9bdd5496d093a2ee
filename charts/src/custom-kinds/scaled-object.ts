import type { k8s } from 'cdk8s-plus-28'
import { customKind } from './custom-kind.ts'

/** What we write of KEDA's kind; the schema check holds it against the whole definition. */
export interface ScaledObjectSpec {
  scaleTargetRef: { apiVersion: 'apps/v1'; kind: 'Deployment'; name: string }
  pollingInterval: number
  minReplicaCount: number
  maxReplicaCount: number
  fallback: { failureThreshold: number; replicas: number; behavior: 'currentReplicasIfHigher' }
  advanced: { horizontalPodAutoscalerConfig: { name: string; behavior: k8s.HorizontalPodAutoscalerBehaviorV2 } }
  triggers: {
    type: 'prometheus'
    metricType: 'AverageValue'
    metadata: { serverAddress: string; query: string; threshold: string; ignoreNullValues: 'false' }
  }[]
}

export class ScaledObject extends customKind<ScaledObjectSpec>({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
}) {}
