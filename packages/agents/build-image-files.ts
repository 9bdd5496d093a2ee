#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { schemasFileName, typeSchemasOf } from '@hadal/runtime/agents/schemas/type-schemas'
import { compileAgents, compiledPath } from './compile-agents.ts'

/*
 * Builds the folder that the image contains as /app. The folder has the agents and the @hadal packages that they use,
 * compiled to JavaScript because the image has no compiler and Node strips types only outside node_modules, and the
 * dependencies at the versions of pnpm-lock.yaml.
 *
 *   node packages/agents/build-image-files.ts <folder>
 */

const root = resolve(import.meta.dirname, '../..')
/** Name and version of pnpm, such as `pnpm@12.21.0`. setup.mjs is the only file that pins it. */
const pnpm = /'(pnpm@[\d.]+)'/.exec(readFileSync(join(root, 'setup.mjs'), 'utf8'))?.[1]

function fail(sentence: string): never {
  process.stderr.write(`build-image-files: ${sentence}\n`)
  process.exit(1)
}

function run(command: string, args: readonly string[]): void {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) fail(`"${[command, ...args].join(' ')}" ended with ${error?.message ?? signal ?? status}.`)
}

interface Manifest {
  exports?: Record<string, string>
  bin?: Record<string, string>
  [field: string]: unknown
}

/**
 * Replaces the sources of a deployed package with compiled JavaScript. The package's files may be links to the checkout, so each changed file is
 * removed and written anew.
 */
function putCompiled(folder: string, compiled: string): void {
  const manifestFile = join(folder, 'package.json')
  const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  delete manifest.devDependencies
  manifest.exports = Object.fromEntries(
    Object.entries(manifest.exports ?? { './*': './src/*.ts' }).map(([name, source]) => [
      name,
      source.replace(/^\.\/src\/(.*)\.ts$/, './dist/$1.js'),
    ]),
  )
  delete manifest.bin
  rmSync(manifestFile)
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`)
  for (const name of readdirSync(folder)) {
    if (!['package.json', 'langgraph.json', 'node_modules'].includes(name))
      rmSync(join(folder, name), { recursive: true })
  }
  // The package may have no source files yet.
  if (existsSync(compiled)) cpSync(compiled, join(folder, 'dist'), { recursive: true })
}

/** Folders of the @hadal packages inside a deployed folder, by short name such as `runtime`. pnpm stores each next to its dependencies. */
function hadalPackages(deployed: string): Map<string, string> {
  const store = join(deployed, 'node_modules/.pnpm')
  const found = readdirSync(store).flatMap((entry) => {
    const name = /^@hadal\+([a-z-]+)@/.exec(entry)?.[1]
    return name ? [[name, join(store, entry, 'node_modules/@hadal', name)] as const] : []
  })
  return new Map(found)
}

const [given] = process.argv.slice(2)
if (!given) fail('no folder is given. Run: node packages/agents/build-image-files.ts <new folder>.')
if (!pnpm) fail("setup.mjs has no version of pnpm. Pin it there, as 'pnpm@<version>'.")
const folder = resolve(given)
if (existsSync(folder) && readdirSync(folder).length > 0)
  fail(`${folder} is not empty. Name a new folder, or empty it.`)
mkdirSync(dirname(folder), { recursive: true })

const deploy = ['--filter', '@hadal/agents', '--prod', '--config.inject-workspace-packages=true', 'deploy', folder]
run('npx', ['--yes', pnpm, ...deploy])

const scratch = `${folder}.compiled`
const tsconfig = `${folder}.tsconfig.json`
const packages = hadalPackages(folder)
const sources = [...packages.keys()].map((name) => join(root, 'packages', name, 'src'))
const compilerOptions = {
  noEmit: false,
  outDir: scratch,
  rootDir: join(root, 'packages'),
  typeRoots: [join(root, 'node_modules/@types')],
}
const exclude = ['**/*.test.ts', '**/fixtures/**', '**/*.typecheck.ts'].map((pattern) =>
  join(root, 'packages', pattern),
)
writeFileSync(
  tsconfig,
  JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include: sources, exclude }),
)
run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--project', tsconfig])

const compiledAgents = join(scratch, 'agents')
await compileAgents(join(root, 'packages/agents/src'), compiledAgents).catch((error: Error) => fail(error.message))
putCompiled(folder, compiledAgents)
for (const [name, place] of packages) putCompiled(place, join(scratch, name, 'src'))
rmSync(scratch, { recursive: true, force: true })
rmSync(tsconfig, { force: true })

// langgraph.json must name the compiled files.
const langgraphFile = join(folder, 'langgraph.json')
const langgraph = readFileSync(langgraphFile, 'utf8').replace(
  /"\.\/src\/([^":]+\.[a-z]+):/g,
  (_, file: string) => `"./dist/${compiledPath(file)}:`,
)
rmSync(langgraphFile)
writeFileSync(langgraphFile, langgraph)

// The image has no compiler, so the schemas that only TypeScript types give are written here.
const schemas = await typeSchemasOf(join(root, 'packages/agents/langgraph.json'))
if (!schemas) fail('the TypeScript compiler is not installed. Run: node setup.mjs.')
writeFileSync(join(folder, schemasFileName), `${JSON.stringify(schemas, null, 2)}\n`)

mkdirSync(join(folder, 'bin'))
writeFileSync(join(folder, 'bin/hadal-runtime'), "#!/usr/bin/env node\nimport '@hadal/runtime/main'\n")
chmodSync(join(folder, 'bin/hadal-runtime'), 0o755)
cpSync(join(root, 'docs'), join(folder, 'documents'), { recursive: true })
process.stdout.write(`build-image-files: ${folder} is ready: cd ${folder} && bin/hadal-runtime\n`)
