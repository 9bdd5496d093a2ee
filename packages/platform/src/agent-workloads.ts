import type { Agent, Workload } from './schema/agent.ts'

/** One Deployment of agent pods. */
export interface AgentWorkload {
  /** The server's role, its variable `ROLE`. */
  readonly role: 'all' | 'api' | 'worker'
  /** Whose pods they are: see `PodPart`. */
  readonly part: 'server' | 'worker'
  /** Where in the environment it stands, e.g. `agent.worker`. */
  readonly path: string
  readonly workload: Workload
  /** Pods at rest and at the largest scale. The same where nothing scales them. */
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

/** The Deployments of agent pods, the one that serves first. */
export const agentWorkloads = (agent: Agent): AgentWorkload[] =>
  agent.topology === 'together'
    ? [agentWorkload('all', 'server', agent.all)]
    : [agentWorkload('api', 'server', agent.api), agentWorkload('worker', 'worker', agent.worker)]
