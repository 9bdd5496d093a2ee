import { type KubernetesVersion, kubernetesVersions } from '@hadal/platform/schema/cluster'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { KubernetesObject } from '../rendered-object.ts'
import { type SchemaSet, schemaSet, schemaSetOfAllVersions } from '../schemas/schema-set.ts'
import { accepts } from './accepts.ts'

export type SchemaError = ErrorObject

/** Ajv's validators of one version, which say what is wrong. Compiled on first use and kept: compiling takes far longer than validating. */
class Validators {
  readonly #set: SchemaSet
  readonly #ajv: Ajv
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(set: SchemaSet) {
    this.#set = set
    this.#ajv = new Ajv({
      // The schemas are of Kubernetes' dialect, and were checked when they were generated.
      strict: false,
      validateSchema: false,
      // Go's expressions escape characters that JavaScript's u flag forbids to escape.
      unicodeRegExp: false,
      // Both make compiling slower.
      inlineRefs: false,
      code: { optimize: false },
      // Every error, with its value and the schema beside it, for the sentences.
      allErrors: true,
      verbose: true,
    })
    this.#ajv.addSchema({ definitions: set.definitions }, 'all')
  }

  /** Returns the schema errors of an object; undefined if its kind has no schema. */
  errors(object: KubernetesObject): readonly SchemaError[] | undefined {
    const name = this.#set.kinds[`${object.apiVersion}/${object.kind}`]
    if (name === undefined) return undefined
    let validator = this.#compiled.get(name)
    if (!validator) {
      validator = this.#ajv.compile({ $ref: `all#/definitions/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` })
      this.#compiled.set(name, validator)
    }
    return validator(object) ? [] : (validator.errors ?? [])
  }
}

let ofAllVersions: SchemaSet | undefined
const ofVersion = new Map<KubernetesVersion, Validators>()

export interface SchemaResult {
  readonly versions: readonly KubernetesVersion[]
  readonly errors: readonly SchemaError[]
}

/**
 * The schema errors of an object: empty if every version accepts it, else the errors of each version that refuses
 * it. Versions with the same errors are one entry.
 * @returns undefined if its kind has no schema
 */
export function schemaErrors(object: KubernetesObject): readonly SchemaResult[] | undefined {
  ofAllVersions ??= schemaSetOfAllVersions()
  const name = ofAllVersions.kinds[`${object.apiVersion}/${object.kind}`]
  if (name === undefined) return undefined
  if (accepts(ofAllVersions.definitions, { $ref: `#/definitions/${name}` }, object)) return []
  const results = new Map<string, { versions: KubernetesVersion[]; errors: readonly SchemaError[] }>()
  for (const version of kubernetesVersions) {
    const found = errorsIn(version, object)
    if (found.length === 0) continue
    const key = JSON.stringify(found.map(({ instancePath, keyword, params }) => [instancePath, keyword, params]))
    const same = results.get(key)
    if (same) same.versions.push(version)
    else results.set(key, { versions: [version], errors: found })
  }
  return [...results.values()]
}

/** The schema errors of an object in one version. */
export function errorsIn(version: KubernetesVersion, object: KubernetesObject): readonly SchemaError[] {
  let validators = ofVersion.get(version)
  if (!validators) {
    validators = new Validators(schemaSet(version))
    ofVersion.set(version, validators)
  }
  return validators.errors(object) ?? []
}
