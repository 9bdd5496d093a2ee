import type { ListedAgents } from '../../agents/loaded-agent.ts'
import { upsertGraphAssistants } from '../../store/queries/assistant-rows.ts'
import type { RunsContext } from '../runs-context.ts'
import { assistantIdOf } from './assistant-id.ts'

/** Writes an assistant for each graph of langgraph.json in the context's tenant, so that every server lists it, also after its graph is gone. */
export async function registerGraphs({ agents, pool, scope: { tenant } }: RunsContext): Promise<void> {
  const graphs = [...agents.values()].map(({ graphId, description }) => ({
    assistantId: assistantIdOf(graphId),
    graphId,
    description: description ?? null,
  }))
  // Servers that start at the same time lock the rows in the same order.
  graphs.sort((a, b) => (a.assistantId < b.assistantId ? -1 : 1))
  await upsertGraphAssistants(pool, tenant, graphs)
  tenantsWith(agents).add(tenant)
}

/** Tenants that have the assistants of the graphs, as far as this process knows. */
const registered = new WeakMap<ListedAgents, Set<string>>()

function tenantsWith(agents: ListedAgents): Set<string> {
  const known = registered.get(agents) ?? new Set()
  registered.set(agents, known)
  return known
}

/** Writes the assistants of the graphs for the caller's tenant, if this process has not done it yet. */
export async function ensureGraphs(context: RunsContext): Promise<void> {
  if (!tenantsWith(context.agents).has(context.scope.tenant)) await registerGraphs(context)
}
