import {
  areNewest,
  type CheckpointKey,
  checkpointsRemovedAt,
  findMissingCheckpoint,
  hasNamespace,
} from '../store/queries/checkpoint-rows.ts'
import type { Queryable } from '../store/transaction.ts'
import { Refusal } from './refusal.ts'

/** The checkpoint that a request names, in the fields of LangGraph's configuration. */
export interface NamedCheckpoint {
  readonly thread_id?: string | null
  readonly checkpoint_id?: string | null
  readonly checkpoint_ns?: string | null
  /** Checkpoint ids of the graphs that enclose a subgraph, by checkpoint namespace. */
  readonly checkpoint_map?: Readonly<Record<string, unknown>> | null
}

const inNamespace = (namespace: string): string => (namespace ? ` in namespace "${namespace}"` : '')

/** The 404 error for a checkpoint that a thread does not have. @param removedAt time at which keep-latest last removed checkpoints of the thread */
function unknownCheckpoint({ id, namespace }: CheckpointKey, threadId: string, removedAt?: Date): Refusal {
  const removed = removedAt
    ? ` It was removed by keep-latest, which last removed older checkpoints of this thread at ${removedAt.toISOString()}, or it never existed.`
    : ''
  return new Refusal(
    404,
    `There is no checkpoint ${id}${inNamespace(namespace)} of thread ${threadId}.${removed} POST /threads/${threadId}/history lists the checkpoints that it has.`,
  )
}

function keysOf({ checkpoint_id, checkpoint_ns, checkpoint_map }: NamedCheckpoint): readonly CheckpointKey[] {
  const keys: CheckpointKey[] = checkpoint_id ? [{ namespace: checkpoint_ns ?? '', id: checkpoint_id }] : []
  for (const [namespace, id] of Object.entries(checkpoint_map ?? {})) {
    if (typeof id !== 'string') {
      throw new Refusal(422, `checkpoint_map: the entry "${namespace}" must be the id of a checkpoint, as text.`)
    }
    keys.push({ namespace, id })
  }
  return keys
}

/** Whether PostgreSQL can store a text. A text that it can't store is not the id of any checkpoint. */
const storable = (text: string): boolean => !text.includes('\0')

/**
 * Requires that the thread has every checkpoint that a request names. LangGraph itself starts an unknown id with an empty state, which then
 * replaces the thread's newest state.
 *
 * @param database the transaction that holds the thread's lock, if the caller will write
 * @throws {Refusal} 404 that names the checkpoint and the thread
 */
export async function requireCheckpoint(
  database: Queryable,
  threadId: string,
  named: NamedCheckpoint | null | undefined,
): Promise<void> {
  const keys = keysOf(named ?? {})
  const [first] = keys
  if (!named || !first) return
  if (named.thread_id && named.thread_id !== threadId) throw unknownCheckpoint(first, threadId)
  const impossible = keys.find(({ namespace, id }) => !storable(namespace) || !storable(id))
  const missing = impossible ?? (await findMissingCheckpoint(database, threadId, keys))
  if (missing) throw unknownCheckpoint(missing, threadId, await checkpointsRemovedAt(database, threadId))
}

/**
 * Requires that the thread has the namespace of the subgraph whose state a client changes. LangGraph itself begins an unknown namespace with an empty
 * state, which nothing ever reads.
 *
 * @throws {Refusal} 404 that names the namespace and the thread
 */
export async function requireNamespace(
  database: Queryable,
  threadId: string,
  named: NamedCheckpoint | undefined,
): Promise<void> {
  const namespace = named?.checkpoint_ns
  if (!namespace) return
  // A subgraph that keeps its state from turn to turn has the namespace without ids of tasks.
  const lasting = namespace.replace(/:[^|]*/g, '')
  if (await hasNamespace(database, threadId, [namespace, lasting])) return
  throw new Refusal(
    404,
    `There is no state in namespace "${namespace}" of thread ${threadId}: a subgraph has a state when it has begun. GET /threads/${threadId}/state?subgraphs=true shows the subgraphs of pending tasks.`,
  )
}

/**
 * Whether a request names the newest state of a subgraph, such as the one that an update of it returned. A run from there continues the thread.
 * LangGraph itself begins the enclosing subgraph anew if the map names its checkpoint.
 */
export async function isNewestOfSubgraph(
  database: Queryable,
  threadId: string,
  named: NamedCheckpoint | undefined,
): Promise<boolean> {
  return Boolean(named?.checkpoint_ns) && areNewest(database, threadId, keysOf(named ?? {}))
}
