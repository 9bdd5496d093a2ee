import type { RunnableConfig } from '@langchain/core/runnables'
import type { Checkpoint, CheckpointMetadata } from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import type { StateSerializer } from './serde/state-serializer.ts'
import { ThreadSaver } from './thread-saver.ts'

/**
 * The checkpoint saver of a client's change to a thread's state. It stores the graph's id with each checkpoint, and never a run's id: LangGraph copies
 * the metadata of the checkpoint before for some changes, but the new checkpoint does not belong to that run.
 */
export class ClientSaver extends ThreadSaver {
  readonly #graphId: string

  constructor(pool: pg.Pool, serializer: StateSerializer, tenant: string, graphId: string) {
    super(pool, serializer, tenant)
    this.#graphId = graphId
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata<{ run_id?: string; run_attempt?: number }>,
    newVersions: Record<string, string | number>,
  ): Promise<RunnableConfig> {
    const { run_id: _, run_attempt: __, ...rest } = metadata
    const marked: CheckpointMetadata<{ graph_id: string }> = { ...rest, graph_id: this.#graphId }
    return super.put(config, checkpoint, marked, newVersions)
  }
}
