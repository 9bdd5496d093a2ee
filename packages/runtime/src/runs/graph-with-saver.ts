import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import type { RunnableGraph } from '../agents/loaded-agent.ts'

/**
 * Returns a copy of a graph that reads and writes checkpoints through another saver. Calls to the copy must not have a saver in their configuration:
 * LangGraph takes such a call for one from inside a running task, and does not look for the subgraph that `checkpoint_ns` names.
 */
export function graphWithSaver(graph: RunnableGraph, saver: BaseCheckpointSaver): RunnableGraph {
  const copy: RunnableGraph = Object.create(Object.getPrototypeOf(graph), Object.getOwnPropertyDescriptors(graph))
  copy.checkpointer = saver
  return copy
}
