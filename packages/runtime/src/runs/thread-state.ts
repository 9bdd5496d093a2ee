import type { StateSnapshot } from '@langchain/langgraph'
import { type AskingTask, ownInterrupts, shownInterrupts, singleInterrupts } from './approvals/shown-interrupts.ts'
import type { NamedCheckpoint } from './require-checkpoint.ts'

/** The part of LangGraph's configuration that names a checkpoint. */
export interface SnapshotConfig {
  readonly configurable?: Readonly<Record<string, unknown>>
}

/** Identity of a checkpoint, as the API writes it. */
export interface CheckpointName {
  readonly thread_id: unknown
  readonly checkpoint_ns: unknown
  readonly checkpoint_id: unknown
  readonly checkpoint_map: unknown
}

/**
 * LangGraph's configuration for one state of a thread: the newest, unless a checkpoint is named by its id or in the map. LangGraph's calls for states
 * ignore the map.
 */
export function checkpointConfig(
  threadId: string,
  { checkpoint_id, checkpoint_ns, checkpoint_map }: NamedCheckpoint = {},
): { configurable: Record<string, unknown> } {
  const id = checkpoint_id || checkpoint_map?.[checkpoint_ns ?? '']
  return {
    configurable: {
      thread_id: threadId,
      ...(checkpoint_ns ? { checkpoint_ns } : {}),
      ...(id ? { checkpoint_id: id } : {}),
      ...(checkpoint_map ? { checkpoint_map } : {}),
    },
  }
}

/** Identity of the checkpoint in a LangGraph configuration; null if the configuration has no thread. */
export function checkpointOf(config: SnapshotConfig | undefined): CheckpointName | null {
  const { thread_id, checkpoint_ns = '', checkpoint_id, checkpoint_map = null } = config?.configurable ?? {}
  if (thread_id === undefined) return null
  return { thread_id, checkpoint_ns, checkpoint_id: checkpoint_id ?? null, checkpoint_map }
}

/** A state of a thread in the API's format. */
export interface ThreadState {
  readonly values: unknown
  readonly next: readonly string[]
  readonly checkpoint: CheckpointName | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly created_at: string | null
  readonly parent_checkpoint: CheckpointName | null
  readonly tasks: readonly ThreadTask[]
  /** Interrupts of all tasks that wait for an answer. */
  readonly interrupts: readonly unknown[]
}

/** A task of a thread's state in the API's format. */
export interface ThreadTask {
  readonly id: string
  readonly name: string
  /** Position of the task among those of its superstep, as LangGraph names it. */
  readonly path: readonly unknown[]
  readonly error: string | null
  readonly interrupts: readonly unknown[]
  readonly checkpoint: CheckpointName | null
  readonly state: ThreadState | null
  /** Values that the task returned; null while it has no result. */
  readonly result: unknown
}

const isSnapshot = (state: StateSnapshot | SnapshotConfig | undefined): state is StateSnapshot =>
  state !== undefined && 'values' in state && 'next' in state

const wordsOf = (error: unknown): string | null => {
  if (error === undefined || error === null) return null
  if (typeof error === 'object' && 'message' in error) return String(error.message)
  return typeof error === 'string' ? error : JSON.stringify(error)
}

/** The tasks of a state with their interrupts. A task that has a result no longer waits for an answer. */
export const askingTasks = ({ tasks }: StateSnapshot): AskingTask[] =>
  tasks.map((task) => ({
    id: task.id,
    interrupts: task.interrupts ?? [],
    waits: !('result' in task && task.result),
  }))

/** Interrupts of each task as clients see them. The state of a subgraph inside the thread's state does not repeat the calls that wait for an approval. */
function interruptsOf(
  snapshot: StateSnapshot,
  closed: ReadonlySet<string> | undefined,
  isNested: boolean,
): ReadonlyMap<string, readonly unknown[]> {
  const tasks = askingTasks(snapshot)
  if (isNested) return new Map(tasks.map(({ id, interrupts }) => [id, ownInterrupts(interrupts)]))
  const ofSubgraph = Boolean(snapshot.config.configurable?.checkpoint_ns)
  return ofSubgraph ? singleInterrupts(tasks, closed) : shownInterrupts(tasks, closed)
}

/**
 * Converts LangGraph's snapshot of a state to the API's format.
 *
 * @param closed digests of approval requests that no longer wait for an answer: see closedApprovals
 */
export function threadState(snapshot: StateSnapshot, closed?: ReadonlySet<string>, isNested = false): ThreadState {
  const interrupts = interruptsOf(snapshot, closed, isNested)
  return {
    values: snapshot.values ?? {},
    next: snapshot.next,
    checkpoint: checkpointOf(snapshot.config),
    metadata: { ...snapshot.metadata },
    created_at: snapshot.createdAt ?? null,
    parent_checkpoint: checkpointOf(snapshot.parentConfig),
    tasks: snapshot.tasks.map((task) => ({
      id: task.id,
      name: task.name,
      path: task.path ?? [],
      error: wordsOf(task.error),
      interrupts: interrupts.get(task.id) ?? [],
      checkpoint: isSnapshot(task.state) ? checkpointOf(task.state.config) : checkpointOf(task.state),
      state: isSnapshot(task.state) ? threadState(task.state, closed, true) : null,
      result: 'result' in task ? (task.result ?? null) : null,
    })),
    interrupts: askingTasks(snapshot).flatMap(({ id, waits }) => (waits ? (interrupts.get(id) ?? []) : [])),
  }
}
