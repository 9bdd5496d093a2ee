import type { Environment } from '@hadal/platform/environment'
import { labels, ports, selectorLabels } from '@hadal/platform/names'
import type { Deployment } from 'kubernetes-types/apps/v1.d.ts'
import type { Container, TopologySpreadConstraint, WeightedPodAffinityTerm } from 'kubernetes-types/core/v1.d.ts'
import type { AgentDeployment } from '../../agent-deployments.ts'
import type { ManifestOf } from '../../manifest.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { type AgentRole, agentPod } from './pod.ts'
import { settingsChecksum } from './settings.ts'
import { serverVariables } from './variables.ts'

/** One Deployment of agent pods. Where a scaler acts it has no `replicas`: Argo CD would set back what the scaler decided. */
export function deployment(
  environment: Environment,
  agent: AgentDeployment,
  settings: { data: Record<string, string> },
): ManifestOf<Deployment> {
  const { name, part, role, workload } = agent
  const { autoscaling } = workload
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: labels(environment, part) },
    spec: {
      ...(autoscaling.kind === 'none' && { replicas: autoscaling.replicas }),
      revisionHistoryLimit: 5,
      // One pod more while it rolls, which the quota counts with, and never one less than asked for.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: selectorLabels(part) },
      template: {
        metadata: { labels: labels(environment, part), annotations: settingsChecksum(settings) },
        spec: {
          ...agentPod(environment, {
            name,
            users: usersOf[role],
            env: serverVariables(environment, agent),
            resources: resourceRequirements(workload.resources),
            container: serving,
          }),
          terminationGracePeriodSeconds: environment.agent.gracePeriodSeconds,
          affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [awayFrom(part)] } },
          topologySpreadConstraints: [
            spread('kubernetes.io/hostname', part),
            spread('topology.kubernetes.io/zone', part),
          ],
        },
      },
    },
  }
}

const usersOf = { all: ['api', 'worker'], api: ['api'], worker: ['worker'] } as const satisfies Record<
  string,
  AgentRole[]
>

/** Two pods of one Deployment on one node fall together; the scheduler weighs that against everything else. */
const awayFrom = (part: AgentDeployment['part']): WeightedPodAffinityTerm => ({
  weight: 100,
  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selectorLabels(part) } },
})

/** Over nodes and zones as evenly as may be. Never a reason not to start: a pod too near another beats no pod. */
const spread = (topologyKey: string, part: AgentDeployment['part']): TopologySpreadConstraint => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selectorLabels(part) },
  matchLabelKeys: ['pod-template-hash'],
})

/** `/health` says that the process lives and depends on nobody; `/ready` that it should be given work. */
const serving: Partial<Container> = {
  ports: [
    { name: 'http', containerPort: ports.http },
    { name: 'metrics', containerPort: ports.metrics },
  ],
  startupProbe: {
    httpGet: { path: '/health', port: 'http' },
    periodSeconds: 2,
    timeoutSeconds: 2,
    failureThreshold: 60,
  },
  livenessProbe: {
    httpGet: { path: '/health', port: 'http' },
    initialDelaySeconds: 30,
    periodSeconds: 10,
    timeoutSeconds: 5,
  },
  readinessProbe: {
    httpGet: { path: '/ready', port: 'http' },
    initialDelaySeconds: 5,
    periodSeconds: 5,
    timeoutSeconds: 5,
  },
}
