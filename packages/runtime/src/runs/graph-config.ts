import type { GraphConfig, ListedAgent, LoadedAgent } from '../agents/loaded-agent.ts'
import type { OfThread } from '../store/queries/held-runs.ts'
import { newestStartedRun, type RunRow } from '../store/queries/run-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import { noCredentials, type RunCredentials } from './run-credentials.ts'
import { isRunRequest } from './run-request.ts'
import { userConfigurable, userKeys } from './run-user.ts'

/** Ids of a run for its graph. */
export const runIdentity = ({ run_id, thread_id, graph_id, assistant_id }: RunRow) => ({
  run_id,
  thread_id,
  graph_id,
  assistant_id,
})

/**
 * Returns `config.configurable` of a run: the values of the client, the credentials of its request, and the values of the server, which replace those
 * of the same name.
 *
 * @param credentials default: none, for a read or an update of the thread's state
 */
export function runConfigurable(
  run: RunRow,
  credentials: RunCredentials = noCredentials,
): Readonly<Record<string, unknown>> {
  const request = isRunRequest(run.request) ? run.request : undefined
  const sent = Object.entries(request?.config?.configurable ?? {}).filter(([key]) => !isUserKey(key))
  return {
    ...Object.fromEntries(sent),
    ...credentials.headers,
    ...userConfigurable(request?.user, credentials.user),
    ...runIdentity(run),
    tenant: run.tenant,
  }
}

const isUserKey = (key: string): boolean => userKeys.some((one) => one === key)

/** Returns the configuration with which the graph of a run is built. @param credentials as for {@link runConfigurable} */
export function graphConfig(run: RunRow, credentials?: RunCredentials): GraphConfig {
  const configurable = runConfigurable(run, credentials)
  const request = isRunRequest(run.request) ? run.request : undefined
  return {
    ...(request?.context ? { context: request.context } : {}),
    ...(request?.config?.recursion_limit ? { recursionLimit: request.config.recursion_limit } : {}),
    tags: [...(request?.config?.tags ?? [])],
    metadata: { ...run.metadata, ...runIdentity(run) },
    configurable,
    serverInfo: { assistantId: run.assistant_id, graphId: run.graph_id, user: configurable.langgraph_auth_user },
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
