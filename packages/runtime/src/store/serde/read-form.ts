import { setImmediate as nextTurn } from 'node:timers/promises'
import { isObject } from '@hadal/middleware/unknown-value'
import { DeltaSnapshot } from '@langchain/langgraph-checkpoint'
import { EventLoopTurns, isHeavy } from '../event-loop-turns.ts'
import { builtInValue } from './built-in-values.ts'
import type { DeclaredClasses } from './declared-classes.ts'
import { fieldName } from './field-names.ts'
import { allowedClass } from './state-classes.ts'
import { escapedKey } from './value-record.ts'

type Fields = Record<string, unknown>

const isLangChains = (value: Fields): value is Fields & { id: unknown[]; kwargs: Fields } =>
  value.lc === 1 && value.type === 'constructor' && Array.isArray(value.id) && isObject(value.kwargs)

/** Returns the fields of a LangChain record under the names that its class uses: the inverse of the names in the written record. */
function namedFields({ kwargs, names }: Fields & { kwargs: Fields }): Fields {
  const exact = isObject(names) ? names : {}
  const named: Fields = {}
  for (const [key, value] of Object.entries(kwargs)) {
    const name = Object.hasOwn(exact, key) ? exact[key] : fieldName(key)
    if (typeof name === 'string') named[name] = value
  }
  return named
}

/** Reader of one parsed JSON value, which it changes in place. */
class Reading {
  readonly #classes: DeclaredClasses
  readonly #onUnknownClass: () => void
  readonly #turns = new EventLoopTurns()

  constructor(classes: DeclaredClasses, onUnknownClass: () => void) {
    this.#classes = classes
    this.#onUnknownClass = onUnknownClass
  }

  read(value: unknown, inMessage: boolean): unknown {
    if (!isObject(value)) return value
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) if (isObject(one)) value[index] = this.read(one, inMessage)
      return value
    }
    if (inMessage && isObject(value[escapedKey]) && Object.keys(value).length === 1) {
      return this.#readFields(value[escapedKey], false)
    }
    if (isLangChains(value)) return this.#langChains(value)
    this.#readFields(value, inMessage)
    return value.lc === 2 ? this.#record(value) : value
  }

  /** Reads a value as `read` does, but yields to the event loop between the parts of large lists and plain objects. */
  async readInTurns(value: unknown): Promise<unknown> {
    if (!isHeavy(value) || !isObject(value)) return this.read(value, false)
    if (!Array.isArray(value) && (isLangChains(value) || value.lc === 2)) return this.read(value, false)
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        if (this.#turns.isOver) await this.#turns.next()
        const one: unknown = value[index]
        if (isObject(one)) value[index] = isHeavy(one) ? await this.readInTurns(one) : this.read(one, false)
      }
      return value
    }
    for (const key of Object.keys(value)) {
      if (this.#turns.isOver) await this.#turns.next()
      const one = value[key]
      if (isObject(one)) value[key] = isHeavy(one) ? await this.readInTurns(one) : this.read(one, false)
    }
    return value
  }

  #readFields(value: Fields, inMessage: boolean): Fields {
    for (const key of Object.keys(value)) {
      const one = value[key]
      if (isObject(one)) value[key] = this.read(one, inMessage)
    }
    return value
  }

  #langChains(record: Fields & { id: unknown[]; kwargs: Fields }): unknown {
    const make = allowedClass(record.id, record.kwargs)
    if (!make) {
      this.#onUnknownClass()
      return this.#readFields(record, false)
    }
    this.#readFields(record.kwargs, true)
    try {
      return make(namedFields(record))
    } catch {
      this.#onUnknownClass()
      return record
    }
  }

  #record(record: Fields): unknown {
    if (record.type === 'undefined') return undefined
    if (record.type === 'delta_snapshot' && Object.hasOwn(record, 'value')) return new DeltaSnapshot(record.value)
    const { id, args = [], kwargs = {} } = record
    if (record.type !== 'constructor' || !Array.isArray(id) || !Array.isArray(args) || !isObject(kwargs)) return record
    if (id[0] !== 'Class') return builtInValue(id, args, kwargs) ?? record
    const declared = this.#classes.named(id[1])
    if (!declared) this.#onUnknownClass()
    return declared?.instanceOf(kwargs) ?? record
  }
}

/**
 * Converts parsed JSON to the value that was written. It changes the JSON in place. It creates objects of allowed classes only; a record of any
 * other class stays plain data.
 *
 * @param onUnknownClass called for each such record
 */
export const readForm = (json: unknown, classes: DeclaredClasses, onUnknownClass: () => void): unknown =>
  new Reading(classes, onUnknownClass).read(json, false)

/** Returns the same value as {@link readForm} for JSON of any size: yields to the event loop while it reads a large value. */
export async function readFormInTurns(
  json: unknown,
  classes: DeclaredClasses,
  onUnknownClass: () => void,
): Promise<unknown> {
  if (!isHeavy(json)) return readForm(json, classes, onUnknownClass)
  // JSON.parse has just blocked the event loop.
  await nextTurn()
  return new Reading(classes, onUnknownClass).readInTurns(json)
}
