import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'

/**
 * The official saver, with versions that branches of a thread don't share. It counts a channel's versions on from the checkpoint before, and
 * keeps the first value that it gets for a version: two branches (a fork, a run after one that was rolled back) would read each other's
 * values. A random fraction tells them apart.
 */
export class ThreadSaver extends PostgresSaver {
  override getNextVersion(current: number | undefined): number {
    return Math.floor(current ?? 0) + 1 + Math.random()
  }
}
