import { ports, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { NamedWorkload } from '../../agent-deployments.ts'
import type { EnvironmentProps } from '../../environment-props.ts'
import { podLabels } from '../../pod-labels.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { DisruptionBudget } from './disruption-budget.ts'
import { type AgentRole, agentPod } from './pod.ts'
import { CpuScaler, QueueScaler } from './scaler.ts'
import type { AgentSettings } from './settings.ts'
import { serverVariables } from './variables.ts'

export interface AgentDeploymentProps extends EnvironmentProps, NamedWorkload {
  readonly settings: AgentSettings
}

/**
 * A Deployment of agent pods with its disruption budget and its autoscaler. A Deployment with an autoscaler has no `replicas`, because Argo
 * CD would reset the number of pods at each sync.
 */
export class AgentDeployment extends Construct {
  constructor(scope: Construct, id: string, props: AgentDeploymentProps) {
    super(scope, id)
    const { environment, name, part, role, settings, workload } = props
    const { autoscaling, minAvailable } = workload

    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, labels: selectorLabels(part) },
      spec: {
        replicas: autoscaling.kind === 'none' ? autoscaling.replicas : undefined,
        revisionHistoryLimit: 5,
        // One pod more during a rollout, which the quota counts, and never fewer than `replicas`.
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
        },
        selector: { matchLabels: selectorLabels(part) },
        template: {
          metadata: { labels: podLabels(this, part), annotations: settings.checksum },
          spec: {
            ...agentPod(environment, {
              users: usersOf[role],
              env: serverVariables(environment, props),
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
    })

    if (minAvailable > 0) new DisruptionBudget(this, 'disruption-budget', { name, part, minAvailable })
    if (autoscaling.kind === 'cpu') new CpuScaler(this, 'scaler', { ...props, autoscaling })
    if (autoscaling.kind === 'queue') new QueueScaler(this, 'scaler', { ...props, autoscaling })
  }
}

const usersOf = { all: ['api', 'worker'], api: ['api'], worker: ['worker'] } as const satisfies Record<
  string,
  AgentRole[]
>

/** Pod affinity that prefers nodes without a pod of the same Deployment, because two pods on one node fail together. */
const awayFrom = (part: NamedWorkload['part']): k8s.WeightedPodAffinityTerm => ({
  weight: 100,
  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selectorLabels(part) } },
})

/** Spreads pods over nodes or zones where possible. `ScheduleAnyway`: a pod too near another is better than no pod. */
const spread = (topologyKey: string, part: NamedWorkload['part']): k8s.TopologySpreadConstraint => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selectorLabels(part) },
  matchLabelKeys: ['pod-template-hash'],
})

const get = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('http') })

/**
 * Ports and probes of the server's container. `/health` shows that the process lives and depends on no other service; `/ready` shows whether
 * the pod accepts requests.
 */
const serving: Partial<k8s.Container> = {
  ports: [
    { name: 'http', containerPort: ports.http },
    { name: 'metrics', containerPort: ports.metrics },
  ],
  startupProbe: { httpGet: get('/health'), periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 60 },
  livenessProbe: { httpGet: get('/health'), initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5 },
  readinessProbe: { httpGet: get('/ready'), initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 5 },
}
