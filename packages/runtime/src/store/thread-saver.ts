import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import type pg from 'pg'
import { olderThan } from './checkpoint-order.ts'
import { jsonbText } from './json-text.ts'
import { poolInOrder } from './pool-in-order.ts'
import { StateSerializer } from './serde/state-serializer.ts'
import { UnstorableValue } from './serde/unstorable-value.ts'
import { UnreadableValue } from './unreadable-value.ts'

type Bytes = Uint8Array
type DumpedBlob = [string, string, string, string, string, Bytes | undefined]
type DumpedWrite = [string, string, string, string, number, string, string, Bytes]

const decoder = new TextDecoder()

/**
 * The official saver with our serializer, our order of checkpoints, and versions that branches of a thread don't share: the official one counts
 * a channel's versions on from the checkpoint before and keeps the first value of a version, so two branches (a fork, a run after one that was
 * rolled back) would read each other's values. A random fraction tells them apart.
 */
export class ThreadSaver extends PostgresSaver {
  readonly #serializer: StateSerializer

  constructor(pool: pg.Pool, serializer = new StateSerializer()) {
    super(poolInOrder(pool), serializer)
    this.#serializer = serializer
  }

  override getNextVersion(current: number | undefined): number {
    return Math.floor(current ?? 0) + 1 + Math.random()
  }

  protected override _searchWhere(
    ...[config, filter, before]: Parameters<PostgresSaver['_searchWhere']>
  ): [string, unknown[]] {
    const thread: unknown = config?.configurable?.thread_id
    const id: unknown = before?.configurable?.checkpoint_id
    if (thread === undefined || id === undefined) return super._searchWhere(config, filter, before)
    const [where, values] = super._searchWhere(config, filter)
    const older = olderThan(`$${values.length + 1}`, `$${values.length + 2}`)
    return [`${where} AND ${older}`, [...values, thread, id]]
  }

  protected override async _dumpBlobs(
    threadId: string,
    checkpointNs: string,
    values: Record<string, unknown>,
    versions: Record<string, number | string>,
  ): Promise<DumpedBlob[]> {
    const channels = Object.keys(versions).map((channel): [string, unknown] => [channel, values[channel]])
    return this.#namingChannel(channels, () => super._dumpBlobs(threadId, checkpointNs, values, versions))
  }

  protected override async _dumpWrites(
    threadId: string,
    checkpointNs: string,
    checkpointId: string,
    taskId: string,
    writes: [string, unknown][],
  ): Promise<DumpedWrite[]> {
    return this.#namingChannel(writes, () => super._dumpWrites(threadId, checkpointNs, checkpointId, taskId, writes))
  }

  /** The refusal of a value names its channel, which the serializer does not know. */
  async #namingChannel<Dumped>(
    values: readonly (readonly [string, unknown])[],
    dump: () => Promise<Dumped>,
  ): Promise<Dumped> {
    try {
      return await dump()
    } catch (error) {
      if (!(error instanceof UnstorableValue)) throw error
      for (const [channel, value] of values) {
        await this.#serializer.dumpsTyped(value).catch((refused: unknown) => {
          throw refused instanceof UnstorableValue ? refused.inChannel(channel) : refused
        })
      }
      throw error
    }
  }

  protected override async _dumpMetadata(metadata: Parameters<PostgresSaver['_dumpMetadata']>[0]): Promise<unknown> {
    // Metadata is a jsonb column, which holds neither U+0000 nor half of a surrogate pair.
    return JSON.parse(jsonbText(await super._dumpMetadata(metadata)))
  }

  protected override async _loadMetadata(metadata: Record<string, unknown>): Promise<unknown> {
    return this.#serializer.read(metadata)
  }

  protected override async _loadBlobs(blobs: [Bytes, Bytes, Bytes][] | undefined): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {}
    for (const [name, type, value] of blobs ?? []) {
      const channel = decoder.decode(name)
      if (decoder.decode(type) !== 'empty') await this.#load(values, channel, channel, decoder.decode(type), value)
    }
    return values
  }

  protected override async _loadWrites(
    writes: [Bytes, Bytes, Bytes, Bytes][] | undefined,
  ): Promise<[string, string, unknown][]> {
    const loaded: [string, string, unknown][] = []
    for (const [task, name, type, value] of writes ?? []) {
      const write: [string, string, unknown] = [decoder.decode(task), decoder.decode(name), undefined]
      await this.#load(write, 2, write[1], decoder.decode(type), value)
      loaded.push(write)
    }
    return loaded
  }

  /**
   * Puts a value where it belongs. One that can't be read throws only when it is used: LangGraph also reads the newest checkpoint just for its
   * id, when a run starts from an older one.
   */
  async #load(target: object, key: string | number, channel: string, type: string, data: Bytes): Promise<void> {
    const place = { enumerable: true, configurable: true }
    try {
      const value = await this.#serializer.loadsTyped(type, data)
      Object.defineProperty(target, key, { ...place, value, writable: true })
    } catch (error) {
      const get = (): never => {
        throw new UnreadableValue(channel, error)
      }
      Object.defineProperty(target, key, { ...place, get })
    }
  }
}
