import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Runnable } from '@langchain/core/runnables'

/**
 * Packages of which a process needs one copy: the server and the graphs exchange instances of their classes, such as messages, commands and
 * interrupts, and a graph of a second copy would not recognize the server's.
 */
const names = ['@langchain/core', '@langchain/langgraph', '@langchain/langgraph-checkpoint'] as const
const shared = new RegExp(`^(${names.join('|')})(/.*)?$`)

/** A package that a project has installed, and the version of the server that its graphs use instead. */
export interface ReplacedPackage {
  readonly name: string
  readonly installed: string
  readonly used: string
}

const replaced = new Map<string, ReplacedPackage>()
let isRegistered = false

/** Start of the URLs of a package's files. */
const rootOf = (url: string, name: string): string | undefined => {
  const end = url.lastIndexOf(`/node_modules/${name}/`)
  return end === -1 ? undefined : url.slice(0, end + `/node_modules/${name}/`.length)
}

const versionIn = (root: string): string => {
  try {
    return String(JSON.parse(readFileSync(fileURLToPath(`${root}package.json`), 'utf8')).version)
  } catch {
    return 'of an unknown version'
  }
}

/** Makes every module of this process use the server's copy of the shared packages. Further calls do nothing. */
export function sharePackages(): void {
  if (isRegistered) return
  isRegistered = true
  const own = new Map(names.map((name) => [name, rootOf(import.meta.resolve(name), name)]))
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const name = names.find((each) => specifier === each || specifier.startsWith(`${each}/`))
      const root = name && own.get(name)
      if (!name || !root || !shared.test(specifier)) return nextResolve(specifier, context)
      let found: ReturnType<typeof nextResolve> | undefined
      try {
        found = nextResolve(specifier, context)
      } catch {
        // A project need not install a package that only its dependencies use.
      }
      if (found?.url.startsWith(root) && found.format !== 'commonjs') return found
      const theirs = found && rootOf(found.url, name)
      if (theirs !== undefined && theirs !== root)
        onReplaced(theirs, { name, installed: versionIn(theirs), used: versionIn(root) })
      // Also for require(): the CommonJS form of a package would be another copy.
      return { url: import.meta.resolve(specifier), format: 'module', shortCircuit: true }
    },
  })
}

function onReplaced(root: string, replacement: ReplacedPackage): void {
  if (replaced.has(root)) return
  replaced.set(root, replacement)
  const { name, installed } = replacement
  // Packages of model providers for versions 0 of the core call this method, which version 1 no longer has.
  if (name === '@langchain/core' && major(installed) === 0 && !('bind' in Runnable.prototype)) {
    Object.defineProperty(Runnable.prototype, 'bind', {
      configurable: true,
      value(this: Runnable, options: object) {
        return this.withConfig(options)
      },
    })
  }
}

/** Packages of projects that this process replaced so far. */
export const replacedPackages = (): readonly ReplacedPackage[] => [...replaced.values()]

const major = (version: string): number => Number.parseInt(version, 10)
const minor = (version: string): number => Number.parseInt(version.split('.')[1] ?? '0', 10)

/** Returns warnings about replaced packages that may not work with the server's version: another major version, or a newer one. */
export const replacementNotices = (): string[] =>
  replacedPackages().flatMap(({ name, installed, used }) => {
    const isOld = major(installed) < major(used)
    const isNew = major(installed) > major(used) || (major(installed) === major(used) && minor(installed) > minor(used))
    if (!isOld && !isNew) return []
    const why = isOld ? 'too old for this server' : 'newer than that of this server'
    const remedy = isOld ? `install ${name}@${major(used)}` : `install ${name}@${used}`
    return [
      `The project has ${name} ${installed}, which is ${why}. Its graphs run with ${used} instead. If a graph fails, ${remedy}.`,
    ]
  })
