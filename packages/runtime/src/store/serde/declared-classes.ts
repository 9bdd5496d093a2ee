import { isObject } from '@hadal/middleware/unknown-value'
import { langChainFields } from './langchain-fields.ts'
import type { StateClass } from './state-classes.ts'

type Fields = Record<string, unknown>

/** A class that the author of an agent lists in `serializable`, so that the state of a thread may contain its instances. */
export interface DeclaredClass {
  readonly name: string
  /** Returns the fields of an instance as the state stores them: plain data, or values that can themselves be written. */
  fieldsOf(instance: object): Fields
  instanceOf(fields: Fields): object
}

/** Returns how instances of a class are stored in the state if the class has `toJSON` and a static `fromJSON`; undefined for any other class. */
function throughJson(Class: StateClass): DeclaredClass | undefined {
  const fromJson: unknown = Reflect.get(Class, 'fromJSON')
  const toJson: unknown = Reflect.get(Class.prototype, 'toJSON')
  if (typeof fromJson !== 'function' || typeof toJson !== 'function') return undefined
  return {
    name: Class.name,
    fieldsOf: (instance) => ({ json: toJson.call(instance) }),
    instanceOf: ({ json }) => {
      const made: unknown = fromJson.call(Class, json)
      if (!isObject(made)) throw new TypeError(`${Class.name}.fromJSON must return an object.`)
      return made
    },
  }
}

/**
 * Returns how instances of a class are stored in the state if the class extends LangChain's Serializable, as messages do: its constructor takes the
 * fields as one object. Undefined for any other class.
 */
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
 * The classes that an agent's author declares with `serializable`. An instance is written as its own enumerable fields and is read without a call
 * of the constructor. A class with `toJSON` and a static `fromJSON` is written and read by these methods; a class that extends LangChain's
 * Serializable is created by its constructor.
 */
export class DeclaredClasses {
  readonly #byName = new Map<string, DeclaredClass>()
  readonly #byPrototype = new Map<unknown, DeclaredClass>()

  /**
   * Registers the classes whose instances the state may contain.
   *
   * @throws Error for a class without a name, or for two classes of the same name
   */
  constructor(classes: readonly StateClass[] = []) {
    for (const Class of classes) {
      if (!Class.name) throw new Error('serializable: a class without a name can’t be read back. Give it a name.')
      if (this.#byName.has(Class.name)) {
        throw new Error(`serializable: two classes are named ${Class.name}. Rename one of them.`)
      }
      const declared = throughJson(Class) ?? throughConstructor(Class) ?? throughFields(Class)
      this.#byName.set(Class.name, declared)
      this.#byPrototype.set(Class.prototype, declared)
    }
  }

  /**
   * Returns how the state stores instances of the object's exact class; undefined if the agent's author did not list that class in `serializable`. A
   * listed parent class does not count.
   */
  of(instance: object): DeclaredClass | undefined {
    return this.#byPrototype.get(Object.getPrototypeOf(instance))
  }

  named(name: unknown): DeclaredClass | undefined {
    return typeof name === 'string' ? this.#byName.get(name) : undefined
  }
}
