import type { SerializerProtocol } from '@langchain/langgraph-checkpoint'
import { isHeavy } from '../event-loop-turns.ts'
import { jsonInTurns } from '../json-in-turns.ts'
import { DeclaredClasses } from './declared-classes.ts'
import { readForm, readFormInTurns } from './read-form.ts'
import type { StateClass } from './state-classes.ts'
import { writtenForm, writtenFormInTurns } from './written-form.ts'

export interface StateSerializerOptions {
  /** Classes of an agent whose instances may be part of its state. */
  readonly classes?: readonly StateClass[]
  /** Hears of each record whose class is not allowed: it is read as plain data. */
  readonly onUnknownClass?: () => void
}

/**
 * The one place where values of threads become bytes and come back: a value comes back equal, or it is refused before anything is written.
 * The bytes are a superset of those of LangGraph's own serializer, so that the release before reads everything that it could write itself.
 */
export class StateSerializer implements SerializerProtocol {
  readonly #classes: DeclaredClasses
  readonly #onUnknownClass: () => void

  constructor({ classes, onUnknownClass }: StateSerializerOptions = {}) {
    this.#classes = new DeclaredClasses(classes)
    this.#onUnknownClass = onUnknownClass ?? (() => {})
  }

  /** @throws {UnstorableValue} for what would not come back equal */
  async dumpsTyped(value: unknown): Promise<[string, Uint8Array]> {
    if (value instanceof Uint8Array && Object.getPrototypeOf(value) === Uint8Array.prototype) return ['bytes', value]
    if (!isHeavy(value)) return ['json', Buffer.from(JSON.stringify(writtenForm(value, this.#classes)), 'utf8')]
    const form = await writtenFormInTurns(value, this.#classes)
    return ['json', Buffer.from(await jsonInTurns(form), 'utf8')]
  }

  async loadsTyped(type: string, data: Uint8Array | string): Promise<unknown> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
    if (type === 'bytes') return new Uint8Array(bytes)
    if (type !== 'json') throw new Error(`unknown type of serialisation "${type}"`)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
    return readFormInTurns(JSON.parse(text), this.#classes, this.#onUnknownClass)
  }

  /** The value that parsed JSON stands for, such as a checkpoint's metadata. */
  read(json: unknown): unknown {
    return readForm(json, this.#classes, this.#onUnknownClass)
  }
}
