import { isObject } from '@hadal/middleware/unknown-value'
import { EventLoopTurns, isHeavy } from '../event-loop-turns.ts'
import { builtInRecord } from './built-in-values.ts'
import type { DeclaredClasses } from './declared-classes.ts'
import { fieldName, jsonFieldName } from './field-names.ts'
import { langChainFields } from './langchain-fields.ts'
import { maxStateCharacters, maxStateDepth } from './state-bounds.ts'
import { documentId, isDocument, isMessage, messageClassOf, messageId } from './state-classes.ts'
import { type PathStep, pathText, UnstorableValue } from './unstorable-value.ts'
import { escapedKey, readsAsRecord, undefinedRecord, valueRecord } from './value-record.ts'

type Fields = Record<string, unknown>

/** Whether an object has no class, in any realm: for example, an object of an interpreter's realm has another prototype. */
function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto === Object.prototype || proto === null) return true
  return isObject(proto) && Object.getPrototypeOf(proto) === null && Object.hasOwn(proto, 'isPrototypeOf')
}

const classNameOf = (value: object): string => {
  const Class: unknown = Reflect.get(value, 'constructor')
  return typeof Class === 'function' && Class.name ? Class.name : 'a class without a name'
}

const define = (target: Fields, key: string, value: unknown): void => {
  // A plain assignment to `__proto__` would set the prototype.
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
  else target[key] = value
}

/**
 * Writer that converts one value of the state to the form in which it is stored. It keeps parts that JSON can represent, and copies any other part
 * as a record.
 */
class Writing {
  readonly #classes: DeclaredClasses
  readonly #path: PathStep[] = []
  readonly #around: object[] = []
  readonly #turns = new EventLoopTurns()
  #depth = 0
  #size = 0

  constructor(classes: DeclaredClasses) {
    this.#classes = classes
  }

  /** @param inMessage whether the value is inside the fields of a message, where LangChain reads some plain objects as its own */
  written(value: unknown, inMessage: boolean): unknown {
    if (this.#isJson(value)) return value
    switch (typeof value) {
      case 'number':
        this.#count(8)
        return valueRecord('Number', [Object.is(value, -0) ? '-0' : String(value)])
      case 'undefined':
        return undefinedRecord
      case 'bigint':
        return valueRecord('BigInt', [value.toString()])
      case 'object':
        return value === null ? null : this.#writtenObject(value, inMessage)
      default:
        return this.#refuse(`is a ${typeof value}. The state can contain data only. Remove it.`)
    }
  }

  /** Whether a value is stored in the state unchanged, because JSON represents it exactly. Most values are, so this check is a fast path. */
  #isJson(value: unknown): boolean {
    if (typeof value === 'string') this.#count(value.length)
    else if (typeof value === 'number') {
      if (!Number.isFinite(value) || Object.is(value, -0)) return false
      this.#count(8)
    } else if (typeof value !== 'boolean' && value !== null) return false
    return true
  }

  /** Returns the error for a part of a value that threw when it was read. */
  refusalOf(error: unknown): unknown {
    if (error instanceof UnstorableValue) return error
    const why = error instanceof Error ? error.message : String(error)
    return new UnstorableValue(pathText(this.#path), `throws when it is read: ${why}. Write plain data.`)
  }

  #refuse(reason: string): never {
    throw new UnstorableValue(pathText(this.#path), reason)
  }

  #refuseDepth(value: object): never {
    const around = [...this.#around, value]
    const again = around.findIndex((one, place) => around.indexOf(one) < place)
    if (again < 0) {
      this.#refuse(
        `nests more than ${maxStateDepth} levels, the maximum that can be read again. Flatten it, or store it as JSON text.`,
      )
    }
    const path = pathText(this.#path.slice(0, again))
    throw new UnstorableValue(path, 'is part of itself, and the state can not store a cycle. Remove the reference.')
  }

  #count(characters: number): void {
    this.#size += characters
    if (this.#size > maxStateCharacters) {
      this.#refuse(
        `makes the value larger than ${maxStateCharacters / 1024 / 1024} million characters, the maximum of one channel. Store large data outside the state.`,
      )
    }
  }

  #within(step: PathStep, part: unknown, inMessage: boolean): unknown {
    this.#path.push(step)
    const written = this.written(part, inMessage)
    this.#path.pop()
    return written
  }

  #writtenObject(value: object, inMessage: boolean): unknown {
    const levels = this.#enter(value)
    const written = this.#formOf(value, inMessage)
    this.#leave(levels)
    return written
  }

  #enter(value: object): number {
    const levels = isMessage(value) || isDocument(value) ? 2 : 1
    this.#depth += levels
    if (this.#depth > maxStateDepth) this.#refuseDepth(value)
    this.#around.push(value)
    this.#count(8)
    return levels
  }

  #leave(levels: number): void {
    this.#around.pop()
    this.#depth -= levels
  }

  /** Writes a value as `written` does, but yields to the event loop between the parts of large lists, plain objects and messages. */
  async writtenInTurns(value: unknown, inMessage: boolean): Promise<unknown> {
    if (typeof value !== 'object' || value === null || !isHeavy(value)) return this.written(value, inMessage)
    const levels = this.#enter(value)
    const written = await this.#formInTurns(value, inMessage)
    this.#leave(levels)
    return written
  }

  async #formInTurns(value: object, inMessage: boolean): Promise<unknown> {
    if (Array.isArray(value) && classNameOf(value) === 'Array') {
      this.#refuseNoList(value)
      const written: unknown[] = []
      for (let index = 0; index < value.length; index++) {
        if (this.#turns.isOver) await this.#turns.next()
        const one: unknown = value[index]
        written.push(
          isHeavy(one) ? await this.#withinInTurns(index, one, inMessage) : this.#within(index, one, inMessage),
        )
      }
      return written
    }
    if (isObject(value) && isPlain(value)) {
      const { inside, wrapped } = this.#plainForm(value, inMessage)
      return wrapped(await this.#fieldsInTurns(value, inside))
    }
    if (isMessage(value) && !this.#classes.of(value)) {
      const { fields, formWith } = this.#messageForm(value)
      return formWith(await this.#fieldsInTurns(fields, true))
    }
    return this.#formOf(value, inMessage)
  }

  async #fieldsInTurns(fields: Fields, inMessage: boolean): Promise<Fields> {
    const written: Fields = {}
    for (const key of Object.keys(fields)) {
      if (this.#turns.isOver) await this.#turns.next()
      this.#count(key.length)
      const one = fields[key]
      const part = isHeavy(one) ? await this.#withinInTurns(key, one, inMessage) : this.#within(key, one, inMessage)
      define(written, key, part)
    }
    return written
  }

  async #withinInTurns(step: PathStep, part: unknown, inMessage: boolean): Promise<unknown> {
    this.#path.push(step)
    const written = await this.writtenInTurns(part, inMessage)
    this.#path.pop()
    return written
  }

  #formOf(value: object, inMessage: boolean): unknown {
    if (Array.isArray(value) && classNameOf(value) === 'Array') return this.#list(value, inMessage)
    if (isObject(value) && isPlain(value)) return this.#plain(value, inMessage)
    if (isMessage(value)) return this.#message(value)
    if (isDocument(value)) return this.#document(value)
    return (
      this.#declared(value) ??
      builtInRecord(value, (step, part) => this.#within(step, part, inMessage)) ??
      this.#langGraphs(value, inMessage) ??
      this.#refuse(
        `is an instance of ${classNameOf(value)}, which is not declared. Add the class to serializable of defineAgent, or write plain data.`,
      )
    )
  }

  #refuseNoList(list: readonly unknown[]): void {
    if (Object.keys(list).length !== list.length) {
      this.#refuse('is an array with empty slots or with fields of its own. Write an array without.')
    }
    this.#refuseHidden(list)
  }

  #list(list: readonly unknown[], inMessage: boolean): readonly unknown[] {
    this.#refuseNoList(list)
    let copy: unknown[] | undefined
    for (let index = 0; index < list.length; index++) {
      const one = list[index]
      const written = this.#isJson(one) ? one : this.#within(index, one, inMessage)
      if (written !== one && !copy) copy = list.slice(0, index)
      copy?.push(written)
    }
    return copy ?? list
  }

  /** Rejects fields of an object that JSON.stringify would silently omit or replace. */
  #refuseHidden(value: object): void {
    if (typeof Reflect.get(value, 'toJSON') === 'function') {
      this.#refuse('has a method toJSON, which would replace the value when it is written. Write plain data.')
    }
    const symbol = Object.getOwnPropertySymbols(value).find((key) =>
      Object.prototype.propertyIsEnumerable.call(value, key),
    )
    if (symbol)
      this.#refuse(`has a field named by ${String(symbol)}. The state can contain only fields whose names are text.`)
  }

  #plain(fields: Fields, inMessage: boolean): unknown {
    const { inside, wrapped } = this.#plainForm(fields, inMessage)
    return wrapped(this.#fields(fields, inside))
  }

  /** Returns whether the fields of a plain object count as inside a message, and a function that wraps its written fields. */
  #plainForm(fields: Fields, inMessage: boolean): { inside: boolean; wrapped: (written: Fields) => unknown } {
    this.#refuseHidden(fields)
    const nullPrototype = Object.getPrototypeOf(fields) === null
    if (nullPrototype || readsAsRecord(fields)) {
      const kwargs = nullPrototype ? { prototype: null } : {}
      return { inside: inMessage, wrapped: (written) => valueRecord('Object', [Object.entries(written)], kwargs) }
    }
    const escapes =
      inMessage &&
      (Object.hasOwn(fields, 'lc') || (Object.hasOwn(fields, escapedKey) && Object.keys(fields).length === 1))
    return escapes
      ? { inside: false, wrapped: (written) => ({ [escapedKey]: written }) }
      : { inside: inMessage, wrapped: (written) => written }
  }

  #fields(fields: Fields, inMessage: boolean): Fields {
    let copy: Fields | undefined
    const keys = Object.keys(fields)
    for (const [place, key] of keys.entries()) {
      this.#path.push(key)
      this.#count(key.length)
      const one = fields[key]
      const written = this.#isJson(one) ? one : this.written(one, inMessage)
      this.#path.pop()
      if (written !== one && !copy) {
        copy = {}
        for (const before of keys.slice(0, place)) define(copy, before, fields[before])
      }
      if (copy) define(copy, key, written)
    }
    return copy ?? fields
  }

  /** Writes a message in LangChain's form. LangChain's toJSON is not used because it loses Maps, Dates and bytes. */
  #message(message: object): unknown {
    const declared = this.#declared(message)
    if (declared) return declared
    const { fields, formWith } = this.#messageForm(message)
    const written: Fields = {}
    for (const [key, field] of Object.entries(fields)) define(written, key, this.#within(key, field, true))
    return formWith(written)
  }

  /** Returns the fields of a message, and a function that makes the message's record from its written fields. */
  #messageForm(message: object): { fields: Fields; formWith: (written: Fields) => unknown } {
    const name = messageClassOf(message)
    if (!name)
      this.#refuse(`is a message of ${classNameOf(message)}, which LangChain does not have. Use one of its classes.`)
    const formWith = (written: Fields): unknown => {
      const kwargs: Fields = {}
      const names: Record<string, string> = {}
      for (const [key, field] of Object.entries(written)) {
        const jsonKey = jsonFieldName(key)
        define(kwargs, jsonKey, field)
        if (fieldName(jsonKey) !== key) names[jsonKey] = key
      }
      const record = { lc: 1, type: 'constructor', id: messageId(name), kwargs }
      return Object.keys(names).length > 0 ? { ...record, names } : record
    }
    return { fields: langChainFields(message), formWith }
  }

  #document(document: object): unknown {
    const { pageContent, metadata, id, ...others }: Fields = { ...document }
    const [other] = Object.keys(others)
    if (other !== undefined) this.#refuse(`is a Document with a field ${other} of its own. Move it into metadata.`)
    const kwargs = {
      page_content: this.#within('pageContent', pageContent, true),
      metadata: this.#within('metadata', metadata, true),
      ...(id === undefined ? {} : { id: this.#within('id', id, true) }),
    }
    return { lc: 1, type: 'constructor', id: documentId, kwargs }
  }

  #declared(instance: object): unknown {
    const declared = this.#classes.of(instance)
    if (!declared) return undefined
    return valueRecord(['Class', declared.name], [], this.#fields(declared.fieldsOf(instance), false))
  }

  /** Writes LangGraph's own objects in the form that LangGraph reads; undefined for any other object. */
  #langGraphs(value: object, inMessage: boolean): unknown {
    const fields: Fields = isObject(value) ? value : {}
    const { lg_name, node, args, timeout } = fields
    if (lg_name === 'Send') {
      return this.#fields({ node, args, ...(timeout === undefined ? {} : { timeout }) }, inMessage)
    }
    if (lg_name === 'DeltaSnapshot') {
      return { lc: 2, type: 'delta_snapshot', value: this.#within('value', fields.value, inMessage) }
    }
    if (lg_name !== 'Overwrite' && lg_name !== 'Command') return undefined
    const json: unknown = typeof fields.toJSON === 'function' ? fields.toJSON.call(value) : undefined
    return isObject(json) ? this.#fields({ ...json }, inMessage) : undefined
  }
}

/**
 * Returns a value in the form that JSON represents exactly: the value itself if nothing has to change.
 *
 * @throws {UnstorableValue} for a value that would not be equal after it is read
 */
export function writtenForm(value: unknown, classes: DeclaredClasses): unknown {
  const writing = new Writing(classes)
  try {
    return writing.written(value, false)
  } catch (error) {
    throw writing.refusalOf(error)
  }
}

/** Returns the same as {@link writtenForm} for values of any size: yields to the event loop between the parts of a large value. */
export async function writtenFormInTurns(value: unknown, classes: DeclaredClasses): Promise<unknown> {
  const writing = new Writing(classes)
  try {
    return await writing.writtenInTurns(value, false)
  } catch (error) {
    throw writing.refusalOf(error)
  }
}
