import { isObject } from '@hadal/middleware/unknown-value'
import { langChainFields } from './langchain-fields.ts'
import type { StateClass } from './state-classes.ts'

type Fields = Record<string, unknown>

/** A class that an agent's author declared, so that its instances may be part of a thread's state. */
export interface DeclaredClass {
  readonly name: string
  /** What is written of an instance: plain data, or values that can be written themselves. */
  fieldsOf(instance: object): Fields
  instanceOf(fields: Fields): object
}

/** The data of an instance whose class has `toJSON` and a static `fromJSON`. */
function throughJson(Class: StateClass): DeclaredClass | undefined {
  const fromJson: unknown = Reflect.get(Class, 'fromJSON')
  const toJson: unknown = Reflect.get(Class.prototype, 'toJSON')
  if (typeof fromJson !== 'function' || typeof toJson !== 'function') return undefined
  return {
    name: Class.name,
    fieldsOf: (instance) => ({ json: toJson.call(instance) }),
    instanceOf: ({ json }) => {
      const made: unknown = fromJson.call(Class, json)
      if (!isObject(made)) throw new TypeError(`${Class.name}.fromJSON returned no object.`)
      return made
    },
  }
}

/** The data of an instance of LangChain's Serializable, messages among them: the constructor takes its fields as one object. */
function throughConstructor(Class: StateClass): DeclaredClass | undefined {
  if (!('lc_id' in Class.prototype)) return undefined
  return {
    name: Class.name,
    fieldsOf: langChainFields,
    instanceOf: (fields) => Reflect.construct(Class, [fields]),
  }
}

const throughFields = (Class: StateClass): DeclaredClass => ({
  name: Class.name,
  fieldsOf: (instance) => ({ ...instance }),
  instanceOf: (fields) => Object.create(Class.prototype, Object.getOwnPropertyDescriptors(fields)),
})

/**
 * The classes that an author declares by `serializable`. An instance is written as its own enumerable fields and comes back without a call of
 * the constructor. A class with `toJSON` and a static `fromJSON` is written and read through these; one that extends LangChain's Serializable
 * is made again by its constructor.
 */
export class DeclaredClasses {
  readonly #byName = new Map<string, DeclaredClass>()
  readonly #byPrototype = new Map<unknown, DeclaredClass>()

  /** @throws Error for a class without a name, or two of one name */
  constructor(classes: readonly StateClass[] = []) {
    for (const Class of classes) {
      if (!Class.name) throw new Error('serializable: a class without a name can’t be found again. Give it one.')
      if (this.#byName.has(Class.name)) {
        throw new Error(`serializable: two classes are named ${Class.name}. Rename one of them.`)
      }
      const declared = throughJson(Class) ?? throughConstructor(Class) ?? throughFields(Class)
      this.#byName.set(Class.name, declared)
      this.#byPrototype.set(Class.prototype, declared)
    }
  }

  /** The declaration of exactly this object's class. */
  of(instance: object): DeclaredClass | undefined {
    return this.#byPrototype.get(Object.getPrototypeOf(instance))
  }

  named(name: unknown): DeclaredClass | undefined {
    return typeof name === 'string' ? this.#byName.get(name) : undefined
  }
}
