import type { Agent, Workload } from './schema/agent.ts'

/** One Deployment of agent pods: its role, labels, configuration and number of pods. */
export interface AgentWorkload {
  /** The role of the server in these pods: the value of its variable `ROLE`. */
  readonly role: 'all' | 'api' | 'worker'
  /** Value of the label `app.kubernetes.io/component` of these pods: see `PodPart`. */
  readonly part: 'server' | 'worker'
  /** Path of the workload in the environment's configuration, e.g. `agent.worker`. */
  readonly path: string
  readonly workload: Workload
  /** Minimum and maximum number of pods of the Deployment. Equal if it has no autoscaler. */
  readonly pods: { readonly min: number; readonly max: number }
}

function agentWorkload(role: AgentWorkload['role'], part: AgentWorkload['part'], workload: Workload): AgentWorkload {
  const { autoscaling } = workload
  const pods =
    autoscaling.kind === 'none'
      ? { min: autoscaling.replicas, max: autoscaling.replicas }
      : { min: autoscaling.min, max: autoscaling.max }
  return { role, part, path: `agent.${role}`, workload, pods }
}

/** The Deployments of agent pods. The one that serves the API comes first. */
export const agentWorkloads = (agent: Agent): AgentWorkload[] =>
  agent.topology === 'together'
    ? [agentWorkload('all', 'server', agent.all)]
    : [agentWorkload('api', 'server', agent.api), agentWorkload('worker', 'worker', agent.worker)]
