import type { Scope } from '../store/scope.ts'
import type { ListedAgents } from './loaded-agent.ts'

/** Folders that the backend `container` keeps in the store, under the agent's name: agents of the same tenant do not share them. */
export const storedFolders = ['memories', 'configs'] as const

/** Replaces characters that LangGraph or deepagents reject in a label of a namespace, such as periods and colons. */
export const agentLabel = (name: string): string => name.replace(/[^\w-]/g, '_')

/** Whether a namespace of a tenant has files that users share: those of an agent with `memories` of `assistant` or `tenant`. */
function isSharedMemory(agents: ListedAgents, namespace: readonly string[]): boolean {
  const [agent, ...rest] = namespace
  if (!storedFolders.some((folder) => rest.includes(folder))) return false
  return [...agents.values()].some(({ recorded }) => recorded?.memories && agentLabel(recorded.name) === agent)
}

/**
 * Returns why items of a namespace may not be changed: the runs of all users read them. Undefined if they may be. The rule holds for the store over HTTP
 * and for the store of a run, whose scope is that of its user.
 *
 * @param administers whether the caller, or the user of the run, has the role `administer`
 */
export function sharedMemoryProblem(
  agents: ListedAgents,
  { sees }: Pick<Scope, 'sees'>,
  administers: boolean,
  namespace: readonly string[],
): string | undefined {
  // In a scope of own items, the namespace is one of the user.
  if (administers || sees !== 'all' || !isSharedMemory(agents, namespace)) return undefined
  return `The files in ${JSON.stringify(namespace)} are shared by the runs of all users, so a change of them requires the role "administer". Ask an administrator of the tenant for it.`
}
