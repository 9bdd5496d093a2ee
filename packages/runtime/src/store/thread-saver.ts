import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import type pg from 'pg'
import { olderThan } from './checkpoint-order.ts'
import { jsonbText } from './json-text.ts'
import { poolInOrder } from './pool-in-order.ts'
import { isSealedType, sealedBlob, sealedWrite, throwSealed } from './sealing/sealed-blobs.ts'
import { type Seals, sealsOf } from './sealing/seals.ts'
import { StateSerializer } from './serde/state-serializer.ts'
import { UnstorableValue } from './serde/unstorable-value.ts'
import { UnreadableValue } from './unreadable-value.ts'

type Bytes = Uint8Array
type DumpedBlob = [string, string, string, string, string, Bytes | undefined]
type DumpedWrite = [string, string, string, string, number, string, string, Bytes]

const decoder = new TextDecoder()

/**
 * The official checkpoint saver with our serializer and our order of checkpoints. It also adds a random fraction to the versions of channels. The
 * official saver increments the version of the previous checkpoint and keeps the first value of a version. Two branches of a thread (a fork, or a
 * run after a rollback) would therefore read each other's values.
 */
export class ThreadSaver extends PostgresSaver {
  readonly #serializer: StateSerializer
  readonly #seals: Seals | undefined
  readonly #tenant: string | undefined

  /** @param tenant tenant of the threads that the saver writes. A saver that only reads needs none */
  constructor(pool: pg.Pool, serializer = new StateSerializer(), tenant?: string) {
    super(poolInOrder(pool), serializer)
    this.#serializer = serializer
    this.#seals = sealsOf(pool)
    this.#tenant = tenant
  }

  /** Applies `seal` to each value, if what is written is sealed. */
  #sealed<Value>(values: Value[], seal: (seals: Seals, tenant: string, value: Value) => Value): Value[] {
    const [seals, tenant] = [this.#seals, this.#tenant]
    if (!seals?.writes) return values
    if (tenant === undefined) throw new Error('A saver without a tenant writes a checkpoint. This is a bug in Hadal.')
    return values.map((value) => seal(seals, tenant, value))
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
    const dumped = await this.#namingChannel(channels, () => super._dumpBlobs(threadId, checkpointNs, values, versions))
    return this.#sealed(dumped, sealedBlob)
  }

  protected override async _dumpWrites(
    threadId: string,
    checkpointNs: string,
    checkpointId: string,
    taskId: string,
    writes: [string, unknown][],
  ): Promise<DumpedWrite[]> {
    const dumped = await this.#namingChannel(writes, () =>
      super._dumpWrites(threadId, checkpointNs, checkpointId, taskId, writes),
    )
    return this.#sealed(dumped, sealedWrite)
  }

  /** Adds the channel's name to the error of a rejected value: the serializer does not know the channel. */
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
    // The metadata column is jsonb, which rejects U+0000 and lone surrogates.
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
   * Sets a channel's value. An unreadable value throws only when it is used: at the start of a run from an older checkpoint, LangGraph reads the
   * newest checkpoint only for its id.
   */
  async #load(target: object, key: string | number, channel: string, type: string, data: Bytes): Promise<void> {
    const place = { enumerable: true, configurable: true }
    try {
      if (isSealedType(type)) throwSealed(channel, data)
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
