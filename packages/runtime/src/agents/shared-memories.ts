import type { ListedAgents } from './loaded-agent.ts'

/** Folders that the backend `container` keeps in the store, under the agent's name: agents of the same tenant do not share them. */
export const storedFolders = ['memories', 'configs'] as const

/** Replaces characters that LangGraph or deepagents reject in a label of a namespace, such as periods and colons. */
export const agentLabel = (name: string): string => name.replace(/[^\w-]/g, '_')

/** Whether a namespace of a tenant has files that users share: those of an agent with `memories` of `assistant` or `tenant`. */
export function isSharedMemory(agents: ListedAgents, namespace: readonly string[]): boolean {
  const [agent, ...rest] = namespace
  if (!storedFolders.some((folder) => rest.includes(folder))) return false
  return [...agents.values()].some(({ recorded }) => recorded?.memories && agentLabel(recorded.name) === agent)
}
