import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'
import { type EnvironmentFolder, readEnvironmentFolder } from './environment-folder.ts'
import { distinctEnvironments } from './invariants/distinct-environments.ts'
import { nearestName } from './nearest-name.ts'
import { EnvironmentProblems } from './problem.ts'

/** Names of all environments: the folders under `environments/`, sorted. */
export function environmentNames(root: string): string[] {
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
 * Loads all environments of a repository, sorted by name.
 *
 * @param root the folder that holds `environments/`
 * @throws {EnvironmentProblems} with all problems of all environments, each with its file
 */
export async function loadEnvironments(root: string): Promise<Environment[]> {
  const names = environmentNames(root)
  if (names.length === 0) {
    const remedy =
      'Add environments/<name>/config.ts and release.json, or run the command in a repository that has them.'
    throw new EnvironmentProblems('No environments found:', [
      { file: join(root, 'environments'), path: '', allowed: 'The folder contains no environment.', remedy },
    ])
  }
  const folders = await Promise.all(names.map((name) => readEnvironmentFolder(root, name)))
  return soundEnvironments('The environments are invalid:', folders)
}

/**
 * Loads one environment of a repository. Problems of other environments are ignored.
 *
 * @param root the folder that holds `environments/`
 * @throws {EnvironmentProblems} with all problems of the environment; for an unknown name, with the known names
 */
export async function loadEnvironment(root: string, name: string): Promise<Environment> {
  const title = `The environment ${name} is invalid:`
  const names = environmentNames(root)
  if (!names.includes(name)) {
    const near = nearestName(name, names)
    const allowed = `Unknown environment. Known environments: ${names.join(', ') || 'none'}.`
    const remedy = near
      ? `Write "${near}" if that is meant, or add the folder.`
      : 'Use a known name, or add the folder.'
    throw new EnvironmentProblems(title, [{ path: `environments/${name}`, allowed, remedy }])
  }
  const [environment] = soundEnvironments(title, [await readEnvironmentFolder(root, name)])
  if (!environment)
    throw new Error(
      `environments/${name} was read without an environment and without a problem. This is a bug in Hadal.`,
    )
  return environment
}
