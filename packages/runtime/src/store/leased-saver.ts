import type { RunnableConfig } from '@langchain/core/runnables'
import type {
  Checkpoint,
  CheckpointListOptions,
  CheckpointMetadata,
  CheckpointTuple,
  PendingWrite,
} from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import { isConnectionTrouble } from './connection-trouble.ts'
import { retryWhileLeased } from './retry-while-leased.ts'
import { type Lease, markingLeaseQuery } from './run-queue.ts'
import type { StateSerializer } from './serde/state-serializer.ts'
import { UnstorableValue } from './serde/unstorable-value.ts'
import { ThreadSaver } from './thread-saver.ts'

/** Thrown if an attempt at a run has lost its lease, because another worker has it or the run has ended. Nothing was written. */
export class LeaseLost extends Error {
  constructor({ runId, attempt }: Lease) {
    super(`Attempt ${attempt} of run ${runId} has lost its lease. Another worker has it now, or the run has ended.`)
    this.name = 'LeaseLost'
  }
}

/**
 * Returns a pool whose transactions begin with a check of the lease, which locks the lease until their end, and set the run's id for the database.
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

const namespaceOf = ({ configurable }: RunnableConfig): string => {
  const namespace: unknown = configurable?.checkpoint_ns
  return typeof namespace === 'string' ? namespace : ''
}

/**
 * The checkpoint saver of one attempt. It writes only while the attempt's lease is valid, and stores the run's id with each checkpoint, so that the
 * next attempt knows whether the run's input was written.
 */
export class LeasedSaver extends ThreadSaver {
  readonly #attempt: SavingAttempt
  readonly #beforePut: (write: SaverWrite) => Promise<void>
  #refused: UnstorableValue | undefined

  /** @param beforePut called before each write, to store data that the write depends on: a step that is written never runs again */
  constructor(
    pool: pg.Pool,
    attempt: SavingAttempt,
    beforePut: (write: SaverWrite) => Promise<void> = async () => {},
    serializer?: StateSerializer,
  ) {
    super(leasedPool(pool, attempt.lease), serializer)
    this.#attempt = attempt
    this.#beforePut = beforePut
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
    const marked = { ...metadata, run_id: this.#attempt.lease.runId }
    await this.#beforePut({ kind: 'checkpoint', checkpointId: checkpoint.id, namespace: namespaceOf(config), metadata })
    return this.#heard(() => super.put(config, checkpoint, marked, newVersions))
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    const checkpointId: unknown = config.configurable?.checkpoint_id
    await this.#beforePut({ kind: 'task', checkpointId: String(checkpointId), namespace: namespaceOf(config) })
    return this.#heard(() => super.putWrites(config, writes, taskId))
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const tuple = await this.#heard(() => super.getTuple(config))
    return tuple && unmarked(tuple)
  }

  override async *list(config: RunnableConfig, options?: CheckpointListOptions): AsyncGenerator<CheckpointTuple> {
    for await (const tuple of super.list(config, options)) yield unmarked(tuple)
  }

  async #heard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await retryWhileLeased(work, this.#attempt)
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
