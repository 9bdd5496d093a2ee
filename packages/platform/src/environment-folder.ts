import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineEnvironment } from './define-environment.ts'
import type { Environment } from './environment.ts'
import type { Problem } from './problem.ts'
import { Release } from './release.ts'
import { schemaProblems } from './schema-problems.ts'

/** What a folder says. An environment may be there although something is wrong with it: rules over all environments look at it still. */
export interface EnvironmentFolder {
  readonly environment?: Environment
  readonly problems: readonly Problem[]
}

/** The first line: what follows is a picture of the code, or a stack. */
const failureOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

function releaseProblems(root: string, file: string): Problem[] {
  const path = join(root, file)
  const whole = (allowed: string, remedy: string): Problem[] => [{ file, path: '', allowed, remedy }]
  if (!existsSync(path)) return whole('The file is missing.', 'Copy the one of another environment.')
  let release: unknown
  try {
    release = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return whole(`The file is no JSON (${failureOf(error)}).`, 'Mend it, or copy the one of another environment.')
  }
  const parsed = Release.safeParse(release)
  return parsed.success ? [] : schemaProblems(Release, release, parsed.error).map((problem) => ({ ...problem, file }))
}

/**
 * The problems that `defineEnvironment` threw, if it was that. By name: a configuration may find another copy of this package than its
 * reader, when the command of one checkout reads another.
 */
function problemsIn(error: unknown): readonly Problem[] | undefined {
  const isThat = error instanceof Error && error.name === 'EnvironmentProblems' && 'problems' in error
  return isThat && Array.isArray(error.problems) ? error.problems : undefined
}

async function readConfig(root: string, file: string, name: string): Promise<EnvironmentFolder> {
  const whole = (allowed: string, remedy: string) => ({ problems: [{ file, path: '', allowed, remedy }] })
  try {
    const config: { default?: unknown } = await import(pathToFileURL(join(root, file)).href)
    if (config.default === undefined)
      return whole('The file has no default export.', 'Write "export default defineEnvironment({ … })".')
    // Once more for what defineEnvironment returned, which costs a millisecond, and for the first time for what went round it.
    const environment = defineEnvironment(config.default as Environment)
    if (environment.name === name) return { environment, problems: [] }
    const allowed = `Allowed is the name of its folder, "${name}".`
    const remedy = 'Change it, or rename the folder.'
    const problems = [{ file, path: 'name', value: environment.name, allowed, remedy }]
    return { environment: { ...environment, name }, problems }
  } catch (error) {
    const problems = problemsIn(error)
    if (!problems) return whole(`The file can't be loaded (${failureOf(error)}).`, 'Mend it.')
    return { problems: problems.map((problem) => ({ ...problem, file })) }
  }
}

/** Reads `environments/<name>/`. Its problems name their file. */
export async function readEnvironmentFolder(root: string, name: string): Promise<EnvironmentFolder> {
  const ofRelease = releaseProblems(root, `environments/${name}/release.json`)
  const file = `environments/${name}/config.ts`
  if (!existsSync(join(root, file))) {
    const remedy = `Copy the one of another environment, or remove the folder environments/${name}.`
    return { problems: [{ file, path: '', allowed: 'The file is missing.', remedy }, ...ofRelease] }
  }
  const { environment, problems } = await readConfig(root, file, name)
  if (ofRelease.length === 0) return { environment, problems }
  // The configuration takes the release in, so it says again, less exactly, what is wrong with that file, or can't be loaded for it.
  const ofConfig = problems.filter(({ path }) => path !== '' && path !== 'release' && !path.startsWith('release.'))
  return { environment, problems: [...ofRelease, ...ofConfig] }
}
