import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { importedByUsers, importLaw, testCode } from './import-law.ts'

/** Matches the paths of the packages' source files. */
const shipped = /^(packages\/[^/]+|charts|infra)\/src\//

/** Folders of the repository that contain code. */
const places = ['packages', 'charts', 'infra', 'environments', 'test']

/**
 * Finds all violations of the import law in a checkout, as `rule: from -> to`.
 *
 * @param root absolute path of a checkout, or of a folder with the same layout
 */
export async function cruiseImports(root: string): Promise<string[]> {
  const { output } = await cruise(
    places.filter((place) => existsSync(join(root, place))),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: importLaw },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['/node_modules/', '/manifests/', '/dist/'] },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['types', 'import', 'node', 'default'],
        extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.d.ts'],
      },
    },
  )
  if (typeof output === 'string') throw new Error(`dependency-cruiser returned text instead of an object:\n${output}`)
  const breaches = output.summary.violations.map((breach) => `${breach.rule.name}: ${breach.from} -> ${breach.to}`)
  // Packages that the root declares resolve everywhere, so undeclared sibling packages need a separate check.
  const undeclared = output.modules.flatMap((module) =>
    module.dependencies
      .filter(
        (dependency) => dependency.module.startsWith('@hadal/') && !declares(root, module.source, dependency.module),
      )
      .map((dependency) => `a sibling package is declared: ${module.source} -> ${dependency.module}`),
  )
  const isTest = (file: string): boolean => new RegExp(`${testCode}|^test/`).test(file)
  const onlyForTests = output.modules
    .filter(({ source }) => shipped.test(source) && !isTest(source) && !importedByUsers.includes(source))
    .filter(({ dependents }) => dependents.length > 0 && dependents.every(isTest))
    .map(({ source, dependents }) => `a file that only tests import is in fixtures/: ${dependents[0]} -> ${source}`)
  return [...breaches, ...undeclared, ...onlyForTests]
}

function declares(root: string, source: string, module: string): boolean {
  const folder = /^(packages\/[^/]+|charts|infra|test)\//.exec(source)?.[1] ?? '.'
  const manifest: Partial<Record<string, Record<string, string>>> = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  const name = module.split('/').slice(0, 2).join('/')
  return name in { ...manifest.dependencies, ...manifest.devDependencies }
}
