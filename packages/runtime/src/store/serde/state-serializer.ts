import type { SerializerProtocol } from '@langchain/langgraph-checkpoint'
import { isHeavy } from '../event-loop-turns.ts'
import { jsonInTurns } from '../json-in-turns.ts'
import { DeclaredClasses } from './declared-classes.ts'
import { readForm, readFormInTurns } from './read-form.ts'
import type { StateClass } from './state-classes.ts'
import { writtenForm, writtenFormInTurns } from './written-form.ts'

export interface StateSerializerOptions {
  /** Classes that the agent's author lists in `serializable`: the agent's state may contain their instances. */
  readonly classes?: readonly StateClass[]
  /** Called for each record of a class that is not allowed. The record is read as plain data. */
  readonly onUnknownClass?: () => void
}

/**
 * Serializer of all values in the state of threads. A value is equal after it is read, or it is rejected before anything is written. The bytes are
 * a superset of those of LangGraph's own serializer, so the previous release reads everything that it could write itself.
 */
export class StateSerializer implements SerializerProtocol {
  readonly #classes: DeclaredClasses
  readonly #onUnknownClass: () => void

  constructor({ classes, onUnknownClass }: StateSerializerOptions = {}) {
    this.#classes = new DeclaredClasses(classes)
    this.#onUnknownClass = onUnknownClass ?? (() => {})
  }

  /**
   * Serializes a value of the state.
   *
   * @throws {UnstorableValue} for a value that would not be equal after it is read
   */
  async dumpsTyped(value: unknown): Promise<[string, Uint8Array]> {
    if (value instanceof Uint8Array && Object.getPrototypeOf(value) === Uint8Array.prototype) return ['bytes', value]
    if (!isHeavy(value)) return ['json', Buffer.from(JSON.stringify(writtenForm(value, this.#classes)), 'utf8')]
    const form = await writtenFormInTurns(value, this.#classes)
    return ['json', Buffer.from(await jsonInTurns(form), 'utf8')]
  }

  async loadsTyped(type: string, data: Uint8Array | string): Promise<unknown> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
    if (type === 'bytes') return new Uint8Array(bytes)
    if (type !== 'json')
      throw new Error(`Unknown serialization type "${type}". This release reads only "json" and "bytes".`)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    return readFormInTurns(JSON.parse(text), this.#classes, this.#onUnknownClass)
  }

  /** Converts parsed JSON, such as a checkpoint's metadata, to the value that was written. */
  read(json: unknown): unknown {
    return readForm(json, this.#classes, this.#onUnknownClass)
  }
}
