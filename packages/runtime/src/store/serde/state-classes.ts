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
/** Makes an object of an allowed class from its fields. */
type Make = (fields: Fields) => object

const make = (Class: unknown): Make => {
  if (typeof Class !== 'function') throw new TypeError('A class of messages is missing from @langchain/core.')
  return (fields) => {
    const made: unknown = Reflect.construct(Class, [fields])
    if (typeof made !== 'object' || made === null) throw new TypeError('A constructor made no object.')
    return made
  }
}

/** LangChain's classes that may be read from a thread's state. The names are written out: minified code has others. */
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

/** Subclasses of messages that the release before wrote under their own names, told apart by the fields that only their parent has. */
function likelyMessage(name: string, fields: Fields): string | undefined {
  if ('tool_call_id' in fields) return 'ToolMessage'
  if ('tool_calls' in fields || 'usage_metadata' in fields) return 'AIMessage'
  if ('role' in fields) return 'ChatMessage'
  return ['AIMessage', 'HumanMessage', 'SystemMessage'].find((known) => name.endsWith(known))
}

/**
 * What makes an object of LangChain's that a record names.
 *
 * @param id the record's `id`: namespace and class
 * @param fields the record's `kwargs`, as they are written
 * @returns undefined for a class that is not allowed
 */
export function allowedClass(id: readonly unknown[], fields: Fields): Make | undefined {
  const name = id.at(-1)
  if (id[0] !== 'langchain_core' || typeof name !== 'string') return undefined
  if (id[1] === 'documents') return name === 'Document' ? makeDocument : undefined
  if (id[1] !== 'messages') return undefined
  return messageClasses.get(name) ?? messageClasses.get(likelyMessage(name, fields) ?? '')
}

/** The name of the message class that an object is of, or of the nearest of LangChain's that its class extends. */
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

/** Whether a value is a message of LangChain's, from whichever copy of the library. */
export const isMessage = (value: object): boolean =>
  Reflect.get(value, Symbol.for('langchain.message')) === true && typeof Reflect.get(value, 'lc_kwargs') === 'object'

export const isDocument = (value: object): value is Document => Object.getPrototypeOf(value) === Document.prototype
