import { upsertGraphAssistants } from '../../store/queries/assistant-rows.ts'
import type { RunsContext } from '../runs-context.ts'
import { assistantIdOf } from './assistant-id.ts'

/** Writes an assistant for each graph of langgraph.json, so that every server lists it, also after its graph is gone. */
export async function registerGraphs({ agents, pool, scope: { tenant } }: RunsContext): Promise<void> {
  const graphs = [...agents.values()].map(({ graphId, description }) => ({
    assistantId: assistantIdOf(graphId),
    graphId,
    description: description ?? null,
  }))
  // Servers that start at the same time lock the rows in the same order.
  graphs.sort((a, b) => (a.assistantId < b.assistantId ? -1 : 1))
  await upsertGraphAssistants(pool, tenant, graphs)
}
