import { type AgentWorkload, agentWorkloads } from '@hadal/platform/agent-workloads'
import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'

/** A workload of the agent, with the names of its Deployment and of its scaler. */
export interface NamedWorkload extends AgentWorkload {
  readonly name: string
  readonly scaler: string
}

const names = {
  server: { name: agentNames.server, scaler: agentNames.serverScaler },
  worker: { name: agentNames.worker, scaler: agentNames.workerScaler },
} as const

/** Workloads of the agent with their names. The server keeps the guide's name in both topologies; separate workers have a name of their own. */
export const agentDeployments = ({ agent }: Pick<Environment, 'agent'>): NamedWorkload[] =>
  agentWorkloads(agent).map((workload) => ({ ...workload, ...names[workload.part] }))
