import type { Environment } from '@hadal/platform/environment'
import { labels } from '@hadal/platform/names'
import type { Autoscaling } from '@hadal/platform/schema/agent'
import type { HorizontalPodAutoscalerBehavior } from 'kubernetes-types/autoscaling/v2.d.ts'
import type { AgentDeployment } from '../../agent-deployments.ts'
import { metrics, series } from '../../alerts/metrics.ts'
import type { Manifest } from '../../manifest.ts'

type QueueAutoscaling = Extract<Autoscaling, { kind: 'queue' }>

/**
 * The pods that are wanted now: those that carry what runs, and one more for every so many runs that wait. Every server says the same of the
 * queue, so the greatest is taken. While the database is away they say NaN, which the comparison drops: no answer is the fallback's matter.
 */
export function wantedPods(environment: Environment, { waitingRunsPerPod }: QueueAutoscaling): string {
  const all = (metric: string) => `max(${series(environment, metric)})`
  const carrying = `${all(metrics.runsRunning)} / ${environment.agent.runsPerPod}`
  const waiting = `${all(metrics.queueWaiting)} / ${waitingRunsPerPod}`
  return `(${carrying} + ${waiting}) >= 0`
}

/**
 * KEDA makes a HorizontalPodAutoscaler of this, by the guide's name. It asks Prometheus and not the database
 * (docs/decisions/0021-queue-autoscaling.md).
 */
export function queueScaler(
  environment: Environment,
  { name, part, scaler }: AgentDeployment,
  autoscaling: QueueAutoscaling,
  behavior: HorizontalPodAutoscalerBehavior,
): Manifest {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, labels: labels(environment, part) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      pollingInterval: 30,
      minReplicaCount: autoscaling.min,
      maxReplicaCount: autoscaling.max,
      // A minute and a half without an answer: what there is stays, and it is never less than the least.
      fallback: { failureThreshold: 3, replicas: autoscaling.min, behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { name: scaler, behavior } },
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
  }
}
