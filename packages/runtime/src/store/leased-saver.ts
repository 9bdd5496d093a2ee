import type { RunnableConfig } from '@langchain/core/runnables'
import {
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
  WRITES_IDX_MAP,
} from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import { Batches } from './batches.ts'
import { isConnectionTrouble } from './connection-trouble.ts'
import type { RunEvent } from './queries/run-events.ts'
import { type SavedState, saveState } from './queries/save-state.ts'
import { reservedMetadata } from './reserved-metadata.ts'
import { retryWhileLeased } from './retry-while-leased.ts'
import { type Lease, markingLeaseQuery } from './run-queue.ts'
import type { StateSerializer } from './serde/state-serializer.ts'
import { UnstorableValue } from './serde/unstorable-value.ts'
import { ThreadSaver } from './thread-saver.ts'

/** Thrown if an attempt at a run has lost its lease, because another worker has it or the run has ended. Nothing was written. */
export class LeaseLost extends Error {
  constructor({ runId, attempt }: Pick<Lease, 'runId' | 'attempt'>) {
    super(`Attempt ${attempt} of run ${runId} has lost its lease. Another worker has it now, or the run has ended.`)
    this.name = 'LeaseLost'
  }
}

/**
 * Returns a pool whose transactions begin with a check of the lease, which locks the lease until their end, and set the run's id for the database.
 * The official saver uses it to delete a thread; `save_v2` of migration 0020 checks the lease itself.
 */
function leasedPool(pool: pg.Pool, lease: Lease): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
      const result = await client.query(text, values)
      if (text !== 'BEGIN') return result
      const { rowCount } = await client.query(markingLeaseQuery, [lease.runId, lease.attempt, lease.runId])
      if (rowCount === 0) throw new LeaseLost(lease)
      return result
    }
    return new Proxy(client, {
      get(target, property) {
        if (property === 'query') return query
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  return new Proxy(pool, {
    get(target, property) {
      if (property === 'connect') return connect
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The attempt at a run whose checkpoints a saver writes. */
export interface SavingAttempt {
  readonly lease: Lease
  /** Signal that is aborted when the attempt is stopped. The saver retries no write after that. */
  readonly signal?: AbortSignal
  /** Signal that is aborted when the attempt's lease is lost. The saver then stops waiting for a write. */
  readonly lost?: AbortSignal
  /**
   * Called, before the graph gets the error, if the lease is lost or the database was unavailable for longer than a lease: the run has not failed
   * then.
   */
  readonly onTrouble: (error: unknown) => void
}

/** A pending write of the saver: a checkpoint, or the writes of a task that follows a checkpoint. */
export interface SaverWrite {
  readonly kind: 'checkpoint' | 'task'
  /** Id of the checkpoint, or of the checkpoint that the task follows. */
  readonly checkpointId: string
  /** Namespace of the checkpoint that is written or followed; empty for the root graph. */
  readonly namespace: string
  /** Metadata of the checkpoint; undefined for the writes of a task. */
  readonly metadata?: CheckpointMetadata
}

/**
 * Called for each transaction of a saver before it begins. It must call `save`, which writes the transaction with the given events of the run.
 *
 * @param writes all writes of the transaction
 */
export type AroundSave = (
  writes: readonly SaverWrite[],
  save: (events: readonly RunEvent[]) => Promise<void>,
) => Promise<void>

/** Writes of a task of the graph, as LangGraph gives them to the saver. */
export interface TaskWrites {
  /** Namespace of the task's graph; empty for the root graph. */
  readonly namespace: string
  readonly taskId: string
  /** The task's path in the graph as text, by which LangGraph orders the tasks of a step. */
  readonly path: string
  readonly writes: readonly PendingWrite[]
}

/** A write of the saver with its serialized state. */
interface Part {
  readonly write: SaverWrite
  readonly state: Partial<SavedState>
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Options of a {@link LeasedSaver}. */
export interface SaverOptions {
  /** Metadata of the run, which each of its checkpoints gets, except for keys that LangGraph writes. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Called when a task's writes arrive, before the graph streams them. */
  readonly onTaskWrites?: (writes: TaskWrites) => void
}

/**
 * The checkpoint saver of one attempt. It writes only while the attempt's lease is valid, and stores the run's id with each checkpoint, so that the
 * next attempt knows whether the run's input was written. Writes of the same moment are one transaction, for example the last task's result and the
 * checkpoint after it.
 */
export class LeasedSaver extends ThreadSaver {
  readonly #pool: pg.Pool
  readonly #attempt: SavingAttempt
  readonly #around: AroundSave
  readonly #options: SaverOptions
  readonly #metadata: Readonly<Record<string, unknown>>
  readonly #batches = new Batches<Part>((parts) => this.#save(parts))
  #refused: UnstorableValue | undefined
  /** The newest write. Writes are saved in order. */
  #last: Promise<void> = Promise.resolve()
  /** The error of an input's checkpoint. */
  #failure: { readonly error: unknown } | undefined

  /**
   * @param around stores data that a write depends on: a step that is written never runs again
   */
  constructor(
    pool: pg.Pool,
    attempt: SavingAttempt,
    around: AroundSave = async (_, save) => save([]),
    serializer?: StateSerializer,
    options: SaverOptions = {},
  ) {
    super(leasedPool(pool, attempt.lease), serializer, attempt.lease.tenant)
    this.#pool = pool
    this.#attempt = attempt
    this.#around = around
    this.#options = options
    this.#metadata = Object.fromEntries(
      Object.entries(options.metadata ?? {}).filter(([key]) => !reservedMetadata(key)),
    )
  }

  /** Error of the first value that could not be saved. It is the error of the run: later errors are its consequences. */
  get refused(): UnstorableValue | undefined {
    return this.#refused
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: Record<string, string | number>,
  ): Promise<RunnableConfig> {
    const { thread_id: thread, checkpoint_ns: namespace = '', checkpoint_id: parent } = config.configurable ?? {}
    if (typeof thread !== 'string')
      throw new Error('A checkpoint without configurable.thread_id is invalid. Name its thread.')
    const { id } = checkpoint
    const marked = { ...this.#metadata, ...metadata, run_id: this.#attempt.lease.runId }
    const part = await this.#heard(async (): Promise<Part> => {
      const [blobs, dumpedMetadata] = await Promise.all([
        this._dumpBlobs(text(thread), text(namespace), checkpoint.channel_values, newVersions),
        this._dumpMetadata(marked),
      ])
      const content = this._dumpCheckpoint(checkpoint)
      return {
        write: { kind: 'checkpoint', checkpointId: id, namespace: text(namespace), metadata },
        state: {
          checkpoints: [{ thread, namespace, id, parent, content, metadata: dumpedMetadata }],
          blobs: blobs.map(([, , channel, version, type, value]) => ({
            thread,
            namespace,
            channel,
            version,
            type,
            value,
          })),
        },
      }
    })
    const saved = this.#add(part)
    // LangGraph executes the first tasks before the checkpoint of their input is saved, but begins the next checkpoint after it. Without the wait,
    // both are one transaction.
    if (metadata.source === 'input') saved.catch(() => {})
    else await saved
    return { configurable: { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: id } }
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], task: string, path = ''): Promise<void> {
    const { thread_id: thread, checkpoint_ns: namespace, checkpoint_id: id } = config.configurable ?? {}
    this.#options.onTaskWrites?.({ namespace: text(namespace), taskId: task, path, writes })
    const replaces = writes.every(([channel]) => channel in WRITES_IDX_MAP)
    const part = await this.#heard(async (): Promise<Part> => {
      const dumped = await this._dumpWrites(text(thread), text(namespace), text(id), task, writes)
      return {
        write: { kind: 'task', checkpointId: String(id), namespace: text(namespace) },
        state: {
          writes: dumped.map(([, , , , idx, channel, type, value]) => ({
            thread,
            namespace,
            id,
            task,
            idx,
            channel,
            type,
            value,
            replaces,
          })),
        },
      }
    })
    await this.#add(part)
  }

  /** Resolves when no write is under way. */
  async idle(): Promise<void> {
    await this.#last
  }

  /** Resolves when no write is under way. @throws the error of an input's checkpoint, which no caller of `put` got */
  async settled(): Promise<void> {
    await this.#last
    if (this.#failure) throw this.#failure.error
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    await this.#last
    const tuple = await this.#heard(() => retryWhileLeased(() => super.getTuple(config), this.#attempt))
    return tuple && unmarked(tuple)
  }

  override async *list(config: RunnableConfig, options?: CheckpointListOptions): AsyncGenerator<CheckpointTuple> {
    await this.#last
    for await (const tuple of super.list(config, options)) yield unmarked(tuple)
  }

  async #add(part: Part): Promise<void> {
    // A checkpoint must not be saved without those before it.
    if (this.#failure) throw this.#failure.error
    const saved = this.#heard(() => this.#batches.add(part))
    this.#last = saved.catch((error: unknown) => {
      if (part.write.metadata?.source === 'input') this.#failure ??= { error }
    })
    return saved
  }

  async #save(parts: readonly Part[]): Promise<void> {
    const { lease } = this.#attempt
    const state: SavedState = {
      checkpoints: parts.flatMap(({ state: { checkpoints = [] } }) => checkpoints),
      blobs: parts.flatMap(({ state: { blobs = [] } }) => blobs),
      writes: parts.flatMap(({ state: { writes = [] } }) => writes),
    }
    const writes = parts.map(({ write }) => write)
    await this.#around(writes, async (events) => {
      const held = await retryWhileLeased(() => saveState(this.#pool, lease, state, events), this.#attempt)
      if (!held) throw new LeaseLost(lease)
    })
  }

  async #heard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof UnstorableValue) this.#refused ??= error
      if (error instanceof LeaseLost || isConnectionTrouble(error)) this.#attempt.onTrouble(error)
      throw error
    }
  }
}

/** Removes the run's id, which the server added, from a checkpoint's metadata. */
function unmarked(tuple: CheckpointTuple): CheckpointTuple {
  if (!tuple.metadata) return tuple
  const { run_id: _, ...metadata }: CheckpointMetadata<{ run_id?: string }> = tuple.metadata
  return { ...tuple, metadata }
}
