import { isObject } from '@hadal/middleware/unknown-value'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { findInternalEvent, internalEvents } from '../store/queries/run-events.ts'
import type { Queryable } from '../store/transaction.ts'

/** Values of untracked channels that an earlier attempt recorded at the thread's newest checkpoint; empty if there are no such values. */
export async function restoredValues(
  database: Queryable,
  saver: BaseCheckpointSaver,
  run: { readonly runId: string; readonly threadId: string },
): Promise<Record<string, unknown>> {
  const text = await findInternalEvent(database, run.runId, internalEvents.untracked)
  const left: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isObject(left) || !isObject(left.values)) return {}
  const newest = await saver.getTuple({ configurable: { thread_id: run.threadId, checkpoint_ns: '' } })
  return newest?.checkpoint.id === left.checkpoint_id ? left.values : {}
}
