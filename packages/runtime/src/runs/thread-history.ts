import type { StateSnapshot } from '@langchain/langgraph'
import type pg from 'pg'
import { agentSerializer } from '../agents/agent-serializer.ts'
import type { LoadedAgent, RunnableGraph } from '../agents/loaded-agent.ts'
import { type CheckpointRow, listCheckpoints } from '../store/queries/checkpoint-rows.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import { UnreadableValue } from '../store/unreadable-value.ts'
import { shownState } from './approvals/shown-state.ts'
import { graphWithSaver } from './graph-with-saver.ts'
import { Refusal } from './refusal.ts'
import type { NamedCheckpoint } from './require-checkpoint.ts'
import type { RunsContext } from './runs-context.ts'
import { checkpointConfig, type ThreadState } from './thread-state.ts'

/** Limit and filters of a request for the history of a thread. */
export interface HistoryRequest {
  readonly limit: number
  /** Limits the history to the namespace of this checkpoint, or, if the checkpoint has an id, to this one checkpoint. */
  readonly checkpoint: NamedCheckpoint
  readonly before: NamedCheckpoint | undefined
  readonly metadata: Record<string, unknown> | undefined
}

/** History entry of a checkpoint whose values can't be read, with the reason in the field `error`. */
const unreadableState = (
  threadId: string,
  namespace: string,
  row: CheckpointRow,
  error: UnreadableValue,
): ThreadState & { error: string } => {
  const named = (checkpoint_id: string) => ({
    thread_id: threadId,
    checkpoint_ns: namespace,
    checkpoint_id,
    checkpoint_map: null,
  })
  return {
    values: {},
    next: [],
    checkpoint: named(row.checkpoint_id),
    metadata: row.metadata,
    created_at: row.created_at,
    parent_checkpoint: row.parent_checkpoint_id ? named(row.parent_checkpoint_id) : null,
    tasks: [],
    interrupts: [],
    error: error.message,
  }
}

/**
 * The database from which states are read (the pool of their tenant, or a connection of a replica), the tenant, and the callback for records whose
 * class is unknown.
 */
export interface HistorySource {
  readonly database: pg.Pool
  readonly tenant: string
  readonly onUnknownClass?: () => void
}

/** The source of the states of a caller's tenant. */
export const sourceOf = ({ pool, scope, onUnknownClass }: RunsContext): HistorySource => ({
  database: pool,
  tenant: scope.tenant,
  ...(onUnknownClass ? { onUnknownClass } : {}),
})

/**
 * Reads the state of a thread at a checkpoint, or its newest state.
 *
 * @throws {Refusal} 409 for a checkpoint whose values can't be read
 */
export async function readState(
  source: HistorySource,
  agent: LoadedAgent,
  threadId: string,
  checkpoint: NamedCheckpoint | undefined,
  subgraphs: boolean,
): Promise<StateSnapshot> {
  try {
    return await graphOf(source, agent).getState(checkpointConfig(threadId, checkpoint), { subgraphs })
  } catch (error) {
    if (!(error instanceof UnreadableValue)) throw error
    const [newest] = await listCheckpoints(source.database, threadId, checkpoint?.checkpoint_ns ?? '', { limit: 1 })
    const id = checkpoint?.checkpoint_id ?? newest?.checkpoint_id
    throw new Refusal(409, `Checkpoint ${id} of thread ${threadId}: ${error.message}`)
  }
}

const graphOf = (source: HistorySource, agent: LoadedAgent): RunnableGraph =>
  graphWithSaver(agent.graph, new ThreadSaver(source.database, agentSerializer(agent, source)))

/** Reads the states of a thread, newest first. A state whose values can't be read has the reason in its field `error`. */
export async function threadHistory(
  source: HistorySource,
  agent: LoadedAgent,
  threadId: string,
  request: HistoryRequest,
): Promise<readonly ThreadState[]> {
  const { limit, checkpoint, before, metadata } = request
  const graph = graphOf(source, agent)
  const states: ThreadState[] = []
  try {
    const options = {
      limit,
      ...(before ? { before: checkpointConfig(threadId, before) } : {}),
      ...(metadata ? { filter: metadata } : {}),
    }
    const at = checkpointConfig(threadId, checkpoint)
    const of = { tenant: source.tenant, threadId }
    for await (const snapshot of graph.getStateHistory(at, options))
      states.push(await shownState(source.database, of, snapshot))
    return states
  } catch (error) {
    if (!(error instanceof UnreadableValue)) throw error
    return oneByOne(source, graph, threadId, request)
  }
}

async function oneByOne(
  { database, tenant }: HistorySource,
  graph: RunnableGraph,
  threadId: string,
  { limit, checkpoint, before, metadata }: HistoryRequest,
): Promise<readonly ThreadState[]> {
  const namespace = checkpoint.checkpoint_ns ?? ''
  const rows = await listCheckpoints(database, threadId, namespace, {
    limit,
    before: before?.checkpoint_id ?? undefined,
    id: checkpoint.checkpoint_id ?? undefined,
    metadata,
  })
  const states: ThreadState[] = []
  for (const row of rows) {
    try {
      const at = checkpointConfig(threadId, { ...checkpoint, checkpoint_id: row.checkpoint_id })
      states.push(await shownState(database, { tenant, threadId }, await graph.getState(at)))
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error
      states.push(unreadableState(threadId, namespace, row, error))
    }
  }
  return states
}
