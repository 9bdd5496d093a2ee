import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Whether Node alone can't load a module as its author expects: TypeScript with its own import paths, and JSX. */
export const needsCompiler = (modulePath: string): boolean => /\.(?:[cm]?ts|tsx|jsx)$/.test(modulePath)

let opened: Promise<void> | undefined

/** Path of the nearest tsconfig.json of a project. */
function tsconfigOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'tsconfig.json')
    if (existsSync(path)) return path
    if (at === dirname(at)) return undefined
  }
}

/**
 * Makes Node load TypeScript as `langgraph dev` does: `./state.js` for `state.ts`, imports of types without `type`, enums, parameter properties,
 * paths of tsconfig.json, and JSX. The image contains no compiler, because its agents are compiled.
 *
 * @param folder folder of the langgraph.json
 * @throws Error with a sentence if there is no compiler
 */
export async function openTypeScriptLoader(folder: string): Promise<void> {
  opened ??= open(folder)
  await opened
}

async function open(folder: string): Promise<void> {
  const loaders = Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')])
  const [commonJs, modules] = await loaders.catch((error: unknown) => {
    throw new Error('this server has no compiler for TypeScript. Name the compiled module in the langgraph.json', {
      cause: error,
    })
  })
  const { extensions } = createRequire(import.meta.url)
  const native = { ...extensions }
  commonJs.register()
  // Installed packages need no compiler. It would also make a second copy of a package that is an ES module.
  for (const extension of ['.js', '.mjs', '.cjs']) {
    const [compiles, loads] = [extensions[extension], native[extension] ?? native['.js']]
    if (compiles && loads)
      extensions[extension] = (module, file) => (/[\\/]node_modules[\\/]/.test(file) ? loads : compiles)(module, file)
  }
  modules.register({ tsconfig: tsconfigOf(folder) ?? false })
}
