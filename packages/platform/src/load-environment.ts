import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'
import { type EnvironmentFolder, readEnvironmentFolder } from './environment-folder.ts'
import { distinctEnvironments } from './invariants/distinct-environments.ts'
import { nearestName } from './nearest-name.ts'
import { EnvironmentProblems } from './problem.ts'

/** The folder is the registry: every folder under `environments/`, by name. */
function environmentNames(root: string): string[] {
  const folder = join(root, 'environments')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

function soundEnvironments(title: string, folders: readonly EnvironmentFolder[]): Environment[] {
  const environments = folders.flatMap(({ environment }) => environment ?? [])
  const problems = [...folders.flatMap((folder) => folder.problems), ...distinctEnvironments(environments)]
  if (problems.length > 0) throw new EnvironmentProblems(title, problems)
  return environments
}

/**
 * Every environment of a repository, by name.
 *
 * @param root the folder that holds `environments/`
 * @throws {EnvironmentProblems} with every problem of every environment, each with its file
 */
export async function loadEnvironments(root: string): Promise<Environment[]> {
  const names = environmentNames(root)
  if (names.length === 0) {
    const remedy =
      'Write environments/<name>/config.ts and release.json there, or run this from a folder that has them.'
    throw new EnvironmentProblems('There is no environment:', [
      { file: join(root, 'environments'), path: '', allowed: 'No folder of an environment is there.', remedy },
    ])
  }
  const folders = await Promise.all(names.map((name) => readEnvironmentFolder(root, name)))
  return soundEnvironments("The environments can't be used:", folders)
}

/**
 * One environment of a repository. Problems of the others don't matter.
 *
 * @param root the folder that holds `environments/`
 * @throws {EnvironmentProblems} with every problem of it; for an unknown name, with the known ones
 */
export async function loadEnvironment(root: string, name: string): Promise<Environment> {
  const title = `The environment ${name} can't be used:`
  const names = environmentNames(root)
  if (!names.includes(name)) {
    const near = nearestName(name, names)
    const allowed = `There is no such environment. Known: ${names.join(', ') || 'none'}.`
    const remedy = near
      ? `Write "${near}" if that is meant, or add the folder.`
      : 'Add the folder, or name one of these.'
    throw new EnvironmentProblems(title, [{ path: `environments/${name}`, allowed, remedy }])
  }
  const [environment] = soundEnvironments(title, [await readEnvironmentFolder(root, name)])
  if (!environment) throw new Error(`environments/${name} gave neither an environment nor a problem`)
  return environment
}
