import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { findInternalEvent, internalEvents } from '../store/queries/run-events.ts'
import type { Queryable } from '../store/transaction.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The values of untracked channels that an earlier attempt left at the thread's newest checkpoint. */
export async function restoredValues(
  database: Queryable,
  saver: BaseCheckpointSaver,
  run: { readonly runId: string; readonly threadId: string },
): Promise<Record<string, unknown>> {
  const text = await findInternalEvent(database, run.runId, internalEvents.untracked)
  const left: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isRecord(left) || !isRecord(left.values)) return {}
  const newest = await saver.getTuple({ configurable: { thread_id: run.threadId, checkpoint_ns: '' } })
  return newest?.checkpoint.id === left.checkpoint_id ? left.values : {}
}
