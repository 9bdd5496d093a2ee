import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Environment } from '@hadal/platform/environment'
import { importConfiguration } from '@hadal/platform/import-configuration'

/** The configuration of an environment at the base, or why it can't be read. */
export type BaseConfiguration = { readonly environment: Environment } | { readonly unread: string }

/** Replaces `@hadal/platform/define-environment` in a configuration of the base: its invariants may have been others than today's. */
const define = `data:text/javascript,${encodeURIComponent('export const defineEnvironment = (input) => input')}`

/**
 * Loads `environments/<name>/config.ts` as it was at a commit. The file and its relative imports come from `committed`; nothing is written
 * or checked out. Packages come from the work tree, so the configuration is parsed with today's schema, without its invariants.
 *
 * @param committed texts of the files at the commit by path relative to `root`
 */
export async function baseConfiguration(
  root: string,
  commit: string,
  committed: ReadonlyMap<string, string>,
  name: string,
): Promise<BaseConfiguration> {
  const file = `environments/${name}/config.ts`
  if (!committed.has(file)) return { unread: `${file} does not exist there` }
  const mark = `?commit=${commit}`
  const at = (path: string): string => `${pathToFileURL(join(root, path)).href}${mark}`
  const sources = new Map([...committed].map(([path, text]) => [at(path), text]))
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (sources.has(specifier)) return { url: specifier, shortCircuit: true }
      if (!context.parentURL?.endsWith(mark)) return next(specifier, context)
      if (specifier === '@hadal/platform/define-environment') return { url: define, shortCircuit: true }
      const url = specifier.startsWith('.') ? `${new URL(specifier, context.parentURL).href}${mark}` : specifier
      if (!sources.has(url)) return next(specifier, context)
      return { url, shortCircuit: true, importAttributes: context.importAttributes }
    },
    load(url, context, next) {
      const source = sources.get(url)
      if (source === undefined) return next(url, context)
      return { source, format: url.endsWith(`.json${mark}`) ? 'json' : 'module-typescript', shortCircuit: true }
    },
  })
  try {
    const parsed = Environment.safeParse(await importConfiguration(at(file), file))
    if (parsed.success) return { environment: parsed.data }
    const [issue] = parsed.error.issues
    return { unread: `today's schema rejects ${issue?.path.join('.') || 'its export'}: ${issue?.message}` }
  } catch (error) {
    return { unread: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' }
  } finally {
    hooks.deregister()
  }
}
