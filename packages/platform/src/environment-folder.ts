import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { agentValueProblems } from './agent-value-problems.ts'
import { agentsDescriptionFile, describeCommand } from './agents-description.ts'
import { defineEnvironment } from './define-environment.ts'
import type { Environment } from './environment.ts'
import { importConfiguration } from './import-configuration.ts'
import type { Problem } from './problem.ts'
import { projectProblems } from './project-problems.ts'
import { readAgentsDescription } from './read-agents-description.ts'
import { Release } from './release.ts'
import { schemaProblems } from './schema-problems.ts'

/**
 * Content of one folder of `environments/`. The environment can be present although it has problems, for the invariants over all
 * environments.
 */
export interface EnvironmentFolder {
  readonly environment?: Environment
  readonly problems: readonly Problem[]
}

/** First line of an error's message. The other lines are a code excerpt or a stack trace. */
const failureOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

function releaseProblems(root: string, file: string): Problem[] {
  const path = join(root, file)
  const whole = (allowed: string, remedy: string): Problem[] => [{ file, path: '', allowed, remedy }]
  if (!existsSync(path)) return whole('The file is missing.', 'Copy the file of another environment.')
  let release: unknown
  try {
    release = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return whole(
      `The file is not valid JSON (${failureOf(error)}).`,
      'Fix it, or copy the file of another environment.',
    )
  }
  const parsed = Release.safeParse(release)
  return parsed.success ? [] : schemaProblems(Release, release, parsed.error).map((problem) => ({ ...problem, file }))
}

/**
 * The problems of an error that `defineEnvironment` threw; undefined for any other error. The error is recognised by its name and not by
 * its class: if the command of one checkout reads another checkout, the configuration imports another copy of this package.
 */
function problemsIn(error: unknown): readonly Problem[] | undefined {
  const isThat = error instanceof Error && error.name === 'EnvironmentProblems' && 'problems' in error
  return isThat && Array.isArray(error.problems) ? error.problems : undefined
}

async function readConfig(root: string, file: string, name: string): Promise<EnvironmentFolder> {
  const whole = (allowed: string, remedy: string) => ({ problems: [{ file, path: '', allowed, remedy }] })
  try {
    const config = await importConfiguration(pathToFileURL(join(root, file)).href, file)
    if (config === undefined)
      return whole('The file has no default export.', 'Write "export default defineEnvironment({ … })".')
    // The export is validated again, which takes a millisecond, because it need not come from defineEnvironment.
    const environment = defineEnvironment(config as Environment)
    if (environment.name === name) return { environment, problems: [] }
    const allowed = `Must be the name of its folder, "${name}".`
    const remedy = 'Change it, or rename the folder.'
    const problems = [{ file, path: 'name', value: environment.name, allowed, remedy }]
    return { environment: { ...environment, name }, problems }
  } catch (error) {
    const problems = problemsIn(error)
    if (!problems) return whole(`The file can't be loaded (${failureOf(error)}).`, 'Fix it.')
    return { problems: problems.map((problem) => ({ ...problem, file })) }
  }
}

/** Compares the environment with what the agents and the langgraph.json of this checkout need. */
function agentProblems(root: string, file: string, environment: Environment): Problem[] {
  const description = readAgentsDescription(root)
  if (description)
    return [...agentValueProblems(environment, description), ...projectProblems(environment, description)].map(
      (problem) => ({ ...problem, file }),
    )
  if (Object.keys(environment.agents).length === 0) return []
  const allowed = `Can't be compared with the agents, because ${agentsDescriptionFile} is missing or invalid.`
  return [{ file, path: 'agents', allowed, remedy: `Run "${describeCommand}".` }]
}

/** Reads the folder `environments/<name>/`. Every problem names its file. */
export async function readEnvironmentFolder(root: string, name: string): Promise<EnvironmentFolder> {
  const ofRelease = releaseProblems(root, `environments/${name}/release.json`)
  const file = `environments/${name}/config.ts`
  if (!existsSync(join(root, file))) {
    const remedy = `Copy the file of another environment, or remove the folder environments/${name}.`
    return { problems: [{ file, path: '', allowed: 'The file is missing.', remedy }, ...ofRelease] }
  }
  const { environment, problems: ofFile } = await readConfig(root, file, name)
  const problems = [...ofFile, ...(environment ? agentProblems(root, file, environment) : [])]
  if (ofRelease.length === 0) return { environment, problems }
  // The configuration imports release.json, so it repeats the problems of that file or fails to load because of them.
  const ofConfig = problems.filter(({ path }) => path !== '' && path !== 'release' && !path.startsWith('release.'))
  return { environment, problems: [...ofRelease, ...ofConfig] }
}
