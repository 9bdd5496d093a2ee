import { copyFileSync, globSync, mkdirSync } from 'node:fs'
import { dirname, extname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'

const isCode = (file: string): boolean => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(file)
const isShipped = (file: string): boolean => !/\.test\.|\.d\.[cm]?ts$|\.typecheck\.|(^|\/)fixtures\//.test(file)

/** Path of the compiled form of a source file. */
export const compiledPath = (file: string): string => file.replace(/\.(?:[cm]?[jt]s|[jt]sx)$/, '.js')

/** Marks a resolution that this plugin itself requests. */
const own = Symbol('own')

/**
 * Keeps one output file per source file, so that `import.meta.url` and paths relative to a module stay right. Imports of source files name the
 * compiled files, also those by `./state.js` or by an alias of tsconfig.json; imports of packages stay as they are written.
 */
const oneFileEach = (source: string): Plugin => ({
  name: 'one-file-each',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (kind === 'entry-point' || pluginData === own) return undefined
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: own })
      const isPackage = !/^\.{0,2}\//.test(path)
      const isOutside = relative(source, found.path).startsWith('..')
      if (isPackage && (found.errors.length > 0 || found.external || isOutside)) return { path, external: true }
      if (found.errors.length > 0) return { errors: found.errors }
      // A data file is a part of the module that imports it.
      if (!isCode(found.path)) return found
      if (isOutside)
        return {
          errors: [{ text: `"${path}" is outside of ${source}, so the image would not contain it. Move it there.` }],
        }
      const target = relative(dirname(importer), compiledPath(found.path))
      return { path: target.startsWith('.') ? target : `./${target}`, external: true }
    })
  },
})

/**
 * Compiles agents to JavaScript for the image, which has no compiler: everything of TypeScript that loads on a developer's machine. Other files, such
 * as prompts, are copied.
 *
 * @throws Error of esbuild with the files and lines that it can't compile
 */
export async function compileAgents(source: string, target: string): Promise<void> {
  const files = globSync('**/*', { cwd: source, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isShipped(relative(source, file)))
  await build({
    entryPoints: files.filter(isCode),
    outbase: source,
    outdir: target,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'silent',
    plugins: [oneFileEach(source)],
  })
  for (const file of files.filter((each) => !isCode(each) && extname(each) !== '.map')) {
    const copy = join(target, relative(source, file))
    mkdirSync(dirname(copy), { recursive: true })
    copyFileSync(file, copy)
  }
}
