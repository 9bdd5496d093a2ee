import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isRecord } from '@hadal/platform/is-record'
import { parseProjectEnvironment, projectVariables } from '@hadal/platform/project-environment'
import { PlainError } from '../plain-error.ts'

/** A project of the user's own that `hadal up --config` serves. */
export interface Project {
  /** Absolute path of its langgraph.json. */
  readonly config: string
  /** Folder of its langgraph.json: the working directory of the server. */
  readonly folder: string
  /** Variables of the field `env` of its langgraph.json. */
  readonly variables: Readonly<Record<string, string>>
  /** Why the variables can't be read; undefined if they can, or if there are none. */
  readonly notice: string | undefined
  /** Whether its langgraph.json has a sign-in of its own: the field `auth`. */
  readonly signsIn: boolean
}

/**
 * Reads a project. Its langgraph.json is validated by the server.
 *
 * @param given path of a langgraph.json, or of its folder
 * @throws PlainError if there is no such file, or if its field `env` is invalid
 */
export function readProject(given: string): Project {
  const path = resolve(given)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const config = isFolder ? join(path, 'langgraph.json') : path
  if (!existsSync(config)) {
    throw new PlainError(`There is no file ${config}. Give the path of a langgraph.json: hadal up --config <path>`)
  }
  const { env: ofEnv, auth } = fieldsOf(config)
  const { env, problems } = parseProjectEnvironment(config, ofEnv)
  if (problems.length > 0) throw new PlainError(problems.join('\n'))
  const { variables, notice } = projectVariables(env, (file) => readFileSync(file, 'utf8'))
  const signsIn = isRecord(auth) && typeof auth.path === 'string'
  return { config, folder: dirname(config), variables, notice, signsIn }
}

/** Fields of a langgraph.json; none if the file is not valid JSON, which the server reports. */
function fieldsOf(config: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(config, 'utf8'))
    return isRecord(content) ? content : {}
  } catch {
    return {}
  }
}

/** Creates the folder for the state of `hadal up` in a project, which Git ignores. @throws PlainError if it can't be written */
export function projectState({ folder }: Project): string {
  const state = join(folder, '.hadal')
  try {
    mkdirSync(state, { recursive: true })
    writeFileSync(join(state, '.gitignore'), '*\n')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${state} can't be written: ${reason}. Free disk space or allow writing, then start again.`)
  }
  return state
}
