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

/** The worker's right to the run has gone to another, so nothing of it was written. */
export class LeaseLost extends Error {
  constructor({ runId, attempt }: Lease) {
    super(`Attempt ${attempt} of run ${runId} has lost its lease. Another worker has it now, or the run has ended.`)
    this.name = 'LeaseLost'
  }
}

/** A pool whose transactions begin with a look at the lease, which then holds until their end, and are marked as the run's. */
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

/** The attempt that a saver writes for. */
export interface SavingAttempt {
  readonly lease: Lease
  /** Aborted when the attempt is stopped: writes are not retried after that. */
  readonly signal?: AbortSignal
  /** Aborted when the lease is lost: writes are not waited for after that. */
  readonly lost?: AbortSignal
  /** Called with a lost lease, or the error of a database that was away for longer than a lease, before the graph gets it: such a run has not failed. */
  readonly onTrouble: (error: unknown) => void
}

/** What is about to be written: a checkpoint, or the writes of a task that follows a checkpoint. */
export interface SaverWrite {
  readonly kind: 'checkpoint' | 'task'
  /** The id of that checkpoint. */
  readonly checkpointId: string
  /** Of the checkpoint: empty for the root graph. */
  readonly namespace: string
  /** Of a checkpoint that is about to be written. */
  readonly metadata?: CheckpointMetadata
}

const namespaceOf = ({ configurable }: RunnableConfig): string => {
  const namespace: unknown = configurable?.checkpoint_ns
  return typeof namespace === 'string' ? namespace : ''
}

/**
 * The saver for one attempt of one run: it writes only while the attempt's lease holds, and marks each checkpoint with the run, so
 * that the next attempt knows whether the run's input was ever written.
 */
export class LeasedSaver extends ThreadSaver {
  readonly #attempt: SavingAttempt
  readonly #beforePut: (write: SaverWrite) => Promise<void>
  #refused: UnstorableValue | undefined

  /** @param beforePut writes what must be there before a checkpoint or a task's writes are: a step that has them never runs again */
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

  /** The first value that could not be saved. It is the run's error: later errors, such as that of the value's event, follow from it. */
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

/** The graph gets back the metadata that it gave: the mark is the server's. */
function unmarked(tuple: CheckpointTuple): CheckpointTuple {
  if (!tuple.metadata) return tuple
  const { run_id: _, ...metadata }: CheckpointMetadata<{ run_id?: string }> = tuple.metadata
  return { ...tuple, metadata }
}
