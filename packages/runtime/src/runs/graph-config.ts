import type { GraphConfig, ListedAgent, LoadedAgent } from '../agents/loaded-agent.ts'
import type { OfThread } from '../store/queries/held-runs.ts'
import { newestStartedRun, type RunRow } from '../store/queries/run-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import { isRunRequest } from './run-request.ts'

/** Ids of a run for its graph. */
export const runIdentity = ({ run_id, thread_id, graph_id, assistant_id }: RunRow) => ({
  run_id,
  thread_id,
  graph_id,
  assistant_id,
})

/** Configuration with which the graph of a run is built: the client's, and the ids of the run. */
export function graphConfig(run: RunRow): GraphConfig {
  const request = isRunRequest(run.request) ? run.request : undefined
  return {
    ...(request?.context ? { context: request.context } : {}),
    ...(request?.config?.recursion_limit ? { recursionLimit: request.config.recursion_limit } : {}),
    tags: [...(request?.config?.tags ?? [])],
    metadata: { ...run.metadata, ...runIdentity(run) },
    configurable: { ...request?.config?.configurable, ...runIdentity(run), tenant: run.tenant },
  }
}

/** Loads the graph of a thread for a read or an update of its state. A graph that a function builds is built as for the thread's newest run. */
export async function agentForThread(
  database: Queryable,
  agent: ListedAgent,
  { tenant, threadId }: OfThread,
): Promise<LoadedAgent> {
  const configurable = { thread_id: threadId, graph_id: agent.graphId }
  const newest = agent.builtForEachUse ? await newestStartedRun(database, { tenant, threadId }) : undefined
  return agent.load(newest?.graph_id === agent.graphId ? graphConfig(newest) : { configurable })
}
