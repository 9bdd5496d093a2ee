import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ModelPackage } from '@hadal/platform/model-providers'
import { guardedModel, isChatModel } from '../guarded-model.ts'
import type { FetchBounds } from '../watch.ts'
import { everyModel, type MakeModel } from './make-model.ts'

export interface PackageAccess extends ModelPackage {
  /** Name of the provider in the environment, for errors. */
  readonly provider: string
  readonly key: string | undefined
  /** File of the agents, from whose folder the package is found. */
  readonly agentsFile: string
}

const conditions = new Set(['node', 'import', 'module', 'default'])

/** Path of an ES module in the `exports` of a package.json; undefined if there is none. */
function chosen(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (Array.isArray(target)) return target.map(chosen).find((path) => path !== undefined)
  if (typeof target !== 'object' || target === null) return undefined
  for (const [condition, inside] of Object.entries(target)) {
    const path = conditions.has(condition) ? chosen(inside) : undefined
    if (path !== undefined) return path
  }
  return undefined
}

/** URL of the main module of a package that the agents' package.json lists. Node's own `import` finds only packages of this file's package. */
function mainModule(name: string, agentsFile: string): URL | undefined {
  const base = pathToFileURL(agentsFile)
  let manifest: string | undefined
  try {
    manifest = findPackageJSON(name, base)
  } catch {
    return undefined
  }
  if (manifest === undefined) return undefined
  const { exports, main }: { exports?: unknown; main?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'))
  const root = typeof exports === 'object' && exports !== null && '.' in exports ? exports['.'] : exports
  const path = chosen(root) ?? (typeof main === 'string' ? main : 'index.js')
  return new URL(path, pathToFileURL(manifest))
}

type ChatModelClass = new (options: object) => unknown
const isClass = (value: unknown): value is ChatModelClass => typeof value === 'function'

/**
 * Loads the chat model class of a LangChain package.
 *
 * @throws Error if the package is not installed or does not export the class, or if its key is missing
 */
export async function modelPackage(access: PackageAccess, bounds: FetchBounds): Promise<MakeModel> {
  const { provider, package: name, class: className, keyOption, options, key, agentsFile } = access
  const where = `The provider "${provider}" needs the class ${className} of the package ${name}`
  const url = mainModule(name, agentsFile)
  if (!url) throw new Error(`${where}, which is not installed. Add it to packages/agents/package.json, and install it.`)
  const module: object = await import(url.href)
  const Model: unknown = Reflect.get(module, className)
  if (!isClass(Model)) {
    const classes = Object.keys(module).filter((each) => each.startsWith('Chat'))
    throw new Error(
      `${where}, which does not export it. It exports: ${classes.join(', ') || 'no class of chat models'}.`,
    )
  }
  if (keyOption !== 'none' && key === undefined)
    throw new Error(
      `The provider "${provider}" needs a key, but MODEL_PACKAGE_KEYS has none. Add "${provider}" to the JSON object in MODEL_PACKAGE_KEYS, or set keyOption to "none".`,
    )
  return (model) => {
    const made = new Model({ ...options, ...everyModel, model, ...(keyOption === 'none' ? {} : { [keyOption]: key }) })
    if (!isChatModel(made))
      throw new Error(
        `${where}, but that class is not a chat model of LangChain. Correct models.packages.${provider}.class.`,
      )
    return guardedModel(made, bounds)
  }
}
