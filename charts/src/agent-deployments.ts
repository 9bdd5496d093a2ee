import { type AgentWorkload, agentWorkloads } from '@hadal/platform/agent-workloads'
import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'

/** A Deployment of agent pods with the names that it and its scaler bear. */
export interface AgentDeployment extends AgentWorkload {
  readonly name: string
  readonly scaler: string
}

const names = {
  server: { name: agentNames.server, scaler: agentNames.serverScaler },
  worker: { name: agentNames.worker, scaler: agentNames.workerScaler },
} as const

/** The server keeps the guide's name in either topology; workers of their own get another. */
export const agentDeployments = ({ agent }: Pick<Environment, 'agent'>): AgentDeployment[] =>
  agentWorkloads(agent).map((workload) => ({ ...workload, ...names[workload.part] }))
