import { types } from 'node:util'
import { type ValueRecord, valueRecord } from './value-record.ts'

/** Function with which a writer of the state's values writes a part of a value. The step names the part in the path of an error. */
export type WritePart = (step: string | { text: string }, part: unknown) => unknown

type Json = Readonly<Record<string, unknown>>

const errorClasses = new Map<string, ErrorConstructor>(
  Object.entries({ Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError }),
)
const builtInErrors = new Map<unknown, string>([...errorClasses].map(([name, Class]) => [Class.prototype, name]))

/** Binary classes other than Uint8Array. The previous release knows Uint8Array and reads it from a list of numbers. */
const binaryClasses = new Map<string, (buffer: ArrayBuffer) => object>(
  Object.entries({
    Int8Array: (buffer) => new Int8Array(buffer),
    Uint8ClampedArray: (buffer) => new Uint8ClampedArray(buffer),
    Int16Array: (buffer) => new Int16Array(buffer),
    Uint16Array: (buffer) => new Uint16Array(buffer),
    Int32Array: (buffer) => new Int32Array(buffer),
    Uint32Array: (buffer) => new Uint32Array(buffer),
    Float32Array: (buffer) => new Float32Array(buffer),
    Float64Array: (buffer) => new Float64Array(buffer),
    BigInt64Array: (buffer) => new BigInt64Array(buffer),
    BigUint64Array: (buffer) => new BigUint64Array(buffer),
    ArrayBuffer: (buffer) => buffer,
  } satisfies Record<string, (buffer: ArrayBuffer) => object>),
)

const base64 = (buffer: ArrayBufferLike, offset: number, length: number): string =>
  Buffer.from(buffer, offset, length).toString('base64')

/**
 * Whether an object is an instance of exactly the built-in class and has no fields of its own. Otherwise its written record would lose the subclass
 * or the fields.
 */
const isExactly = (value: object, prototype: object): boolean =>
  Object.getPrototypeOf(value) === prototype && Object.keys(value).length === 0

function binaryRecord(value: object): ValueRecord | undefined {
  const proto: unknown = Object.getPrototypeOf(value)
  if (value instanceof Uint8Array) {
    if (proto === Uint8Array.prototype) return valueRecord('Uint8Array', [Array.from(value)], {}, 'from')
    if (proto === Buffer.prototype) return valueRecord('Uint8Array', [Array.from(value)], { as: 'Buffer' }, 'from')
    return undefined
  }
  const name = Object.prototype.toString.call(value).slice(8, -1)
  if (!binaryClasses.has(name) || proto !== Reflect.get(Reflect.get(globalThis, name), 'prototype')) return undefined
  if (value instanceof ArrayBuffer) return valueRecord(name, [base64(value, 0, value.byteLength)])
  return ArrayBuffer.isView(value)
    ? valueRecord(name, [base64(value.buffer, value.byteOffset, value.byteLength)])
    : undefined
}

function errorRecord(error: Error, part: WritePart): ValueRecord | undefined {
  const name = builtInErrors.get(Object.getPrototypeOf(error))
  if (name === undefined) return undefined
  const kwargs: Record<string, unknown> = { class: name }
  for (const key of new Set(['stack', 'name', 'cause', ...Object.keys(error)])) {
    if (key !== 'message' && Object.hasOwn(error, key)) kwargs[`.${key}`] = part(key, Reflect.get(error, key))
  }
  return valueRecord('Error', [part('message', error.message)], kwargs)
}

/** Returns the record (the JSON in which the state stores it) of an object of a built-in JavaScript class; undefined for any other object. */
export function builtInRecord(value: object, part: WritePart): ValueRecord | undefined {
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return binaryRecord(value)
  if (value instanceof Map && isExactly(value, Map.prototype)) {
    const entries = [...value].map(([key, one], place) => [
      part({ text: `keys[${place}]` }, key),
      part({ text: typeof key === 'string' ? `get(${JSON.stringify(key)})` : `values[${place}]` }, one),
    ])
    return valueRecord('Map', [entries])
  }
  if (value instanceof Set && isExactly(value, Set.prototype)) {
    return valueRecord('Set', [[...value].map((one, place) => part({ text: `values[${place}]` }, one))])
  }
  if (value instanceof Date && isExactly(value, Date.prototype)) {
    const time = value.getTime()
    return valueRecord('Date', [Number.isNaN(time) ? null : time])
  }
  if (value instanceof RegExp && isExactly(value, RegExp.prototype)) {
    return valueRecord('RegExp', [value.source, value.flags], value.lastIndex ? { lastIndex: value.lastIndex } : {})
  }
  if (value instanceof URL && isExactly(value, URL.prototype)) return valueRecord('URL', [value.href])
  if (types.isNativeError(value)) return errorRecord(value, part)
  return undefined
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

function readError(message: string, kwargs: Json): Error {
  const Class = isText(kwargs.class) ? errorClasses.get(kwargs.class) : undefined
  const error = new (Class ?? Error)(message)
  if (Class && message === '') Reflect.deleteProperty(error, 'message')
  for (const [key, value] of Object.entries(kwargs)) {
    if (!key.startsWith('.')) continue
    const enumerable = !['.stack', '.cause'].includes(key)
    Object.defineProperty(error, key.slice(1), { value, enumerable, writable: true, configurable: true })
  }
  return error
}

/** Readers by class name, which create a value from a record's arguments and fields; undefined if these are invalid for the class. */
const readers: Readonly<Record<string, (args: readonly unknown[], kwargs: Json) => unknown>> = {
  Set: ([values]) => (isList(values) ? new Set(values) : undefined),
  Map: ([entries]) =>
    isList(entries) && entries.every((entry): entry is [unknown, unknown] => isList(entry) && entry.length === 2)
      ? new Map(entries)
      : undefined,
  Object: ([entries], { prototype }) => {
    if (!isList(entries)) return undefined
    const made: object = prototype === null ? Object.create(null) : {}
    for (const entry of entries) {
      if (!isList(entry) || !isText(entry[0])) return undefined
      const field = { value: entry[1], enumerable: true, writable: true, configurable: true }
      Object.defineProperty(made, entry[0], field)
    }
    return made
  },
  Date: ([time]) => (time === null || typeof time === 'number' ? new Date(time ?? Number.NaN) : undefined),
  BigInt: ([digits]) => (isText(digits) && /^-?\d+$/.test(digits) ? BigInt(digits) : undefined),
  Number: ([text]) => (isText(text) ? Number(text) : undefined),
  URL: ([href]) => (isText(href) && URL.canParse(href) ? new URL(href) : undefined),
  RegExp: ([source, flags], { lastIndex }) => {
    if (!isText(source) || !isText(flags)) return undefined
    const made = new RegExp(source, flags)
    if (typeof lastIndex === 'number') made.lastIndex = lastIndex
    return made
  },
  Error: ([message], kwargs) => (isText(message) ? readError(message, kwargs) : undefined),
  Uint8Array: ([bytes], { as }) => {
    if (!isList(bytes)) return undefined
    if (!bytes.every((byte): byte is number => typeof byte === 'number')) return undefined
    return as === 'Buffer' ? Buffer.from(bytes) : Uint8Array.from(bytes)
  },
}

/** Returns the value of a record of a built-in class; undefined for any other record, which stays plain data. */
export function builtInValue(id: readonly unknown[], args: readonly unknown[], kwargs: Json): unknown {
  const [name, ...more] = id
  if (!isText(name) || more.length > 0) return undefined
  const binary = binaryClasses.get(name)
  if (binary) {
    const [text] = args
    if (!isText(text)) return undefined
    const bytes = Buffer.from(text, 'base64')
    return binary(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  }
  try {
    return Object.hasOwn(readers, name) ? readers[name]?.(args, kwargs) : undefined
  } catch {
    return undefined
  }
}
