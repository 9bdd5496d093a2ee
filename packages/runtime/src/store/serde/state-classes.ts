import { Document } from '@langchain/core/documents'
import {
  AIMessage,
  AIMessageChunk,
  ChatMessage,
  ChatMessageChunk,
  FunctionMessage,
  FunctionMessageChunk,
  HumanMessage,
  HumanMessageChunk,
  RemoveMessage,
  SystemMessage,
  SystemMessageChunk,
  ToolMessage,
  ToolMessageChunk,
} from '@langchain/core/messages'

/** Type of a class that an agent's author declares by `serializable`. */
export type StateClass = abstract new (...args: never[]) => object

type Fields = Record<string, unknown>
/** Creates an object of an allowed class from its fields. */
type Make = (fields: Fields) => object

const make = (Class: unknown): Make => {
  if (typeof Class !== 'function') throw new TypeError('A message class is missing in @langchain/core.')
  return (fields) => {
    const made: unknown = Reflect.construct(Class, [fields])
    if (typeof made !== 'object' || made === null)
      throw new TypeError(
        'A value of a class from `serializable` cannot be read: the constructor of the class returned no object.',
      )
    return made
  }
}

/** Message classes of LangChain that may be created from a thread's state. The names are literals because minified code has other class names. */
const messageClasses: ReadonlyMap<string, Make> = new Map(
  Object.entries({
    AIMessage,
    AIMessageChunk,
    ChatMessage,
    ChatMessageChunk,
    FunctionMessage,
    FunctionMessageChunk,
    HumanMessage,
    HumanMessageChunk,
    RemoveMessage,
    SystemMessage,
    SystemMessageChunk,
    ToolMessage,
    ToolMessageChunk,
  }).map(([name, Class]) => [name, make(Class)]),
)
const makeDocument = make(Document)
export const documentId = ['langchain_core', 'documents', 'Document']
export const messageId = (name: string): readonly string[] => ['langchain_core', 'messages', name]

/**
 * Returns the message class of a subclass that the previous release wrote under the subclass's name, recognized by fields that only the parent
 * class has.
 */
function likelyMessage(name: string, fields: Fields): string | undefined {
  if ('tool_call_id' in fields) return 'ToolMessage'
  if ('tool_calls' in fields || 'usage_metadata' in fields) return 'AIMessage'
  if ('role' in fields) return 'ChatMessage'
  return ['AIMessage', 'HumanMessage', 'SystemMessage'].find((known) => name.endsWith(known))
}

/**
 * Returns the factory of the LangChain class that a record names.
 *
 * @param id the record's `id`: namespace and class
 * @param fields the record's `kwargs`, as they are written
 * @returns undefined if the class is not allowed
 */
export function allowedClass(id: readonly unknown[], fields: Fields): Make | undefined {
  const name = id.at(-1)
  if (id[0] !== 'langchain_core' || typeof name !== 'string') return undefined
  if (id[1] === 'documents') return name === 'Document' ? makeDocument : undefined
  if (id[1] !== 'messages') return undefined
  return messageClasses.get(name) ?? messageClasses.get(likelyMessage(name, fields) ?? '')
}

/** Returns the name of an object's message class, or of the nearest LangChain message class that its class extends. */
export function messageClassOf(value: object): string | undefined {
  for (let proto: unknown = Object.getPrototypeOf(value); typeof proto === 'object' && proto !== null; ) {
    const Class: unknown = Reflect.get(proto, 'constructor')
    if (typeof Class === 'function') {
      const named: unknown = Reflect.get(Class, 'lc_name')
      const name: unknown = typeof named === 'function' ? named.call(Class) : undefined
      for (const candidate of [name, Class.name]) {
        if (typeof candidate === 'string' && messageClasses.has(candidate)) return candidate
      }
    }
    proto = Object.getPrototypeOf(proto)
  }
  return undefined
}

/** Whether an object is a LangChain message, from any copy of the library. */
export const isMessage = (value: object): boolean =>
  Reflect.get(value, Symbol.for('langchain.message')) === true && typeof Reflect.get(value, 'lc_kwargs') === 'object'

export const isDocument = (value: object): value is Document => Object.getPrototypeOf(value) === Document.prototype
