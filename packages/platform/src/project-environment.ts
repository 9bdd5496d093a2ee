import { dirname, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { isRecord } from './is-record.ts'

/** Field `env` of a langgraph.json: path of a file of variables, absolute, or the variables themselves. */
export type ProjectEnvironment = { readonly file: string } | { readonly variables: Readonly<Record<string, string>> }

export interface ParsedEnvironment {
  readonly env?: ProjectEnvironment
  readonly problems: readonly string[]
}

/**
 * Validates the field `env` of a langgraph.json.
 *
 * @param file path of the langgraph.json, to whose folder the path of the variables is relative
 */
export function parseProjectEnvironment(file: string, env: unknown): ParsedEnvironment {
  if (env === undefined || env === null) return { problems: [] }
  if (typeof env === 'string')
    return env === '' ? { problems: [] } : { env: { file: resolve(dirname(file), env) }, problems: [] }
  if (!isRecord(env)) {
    return {
      problems: [`${file}: "env" is ${JSON.stringify(env)}. Use the path of a file, or an object of variables.`],
    }
  }
  // The value may be a secret, so it is not shown.
  const problems = Object.entries(env)
    .filter(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))
    .map(([name]) => `${file}: "env.${name}" is not a text. Write its value in quotation marks.`)
  if (problems.length > 0) return { problems }
  return {
    env: { variables: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])) },
    problems,
  }
}

/**
 * Returns the variables of the field `env`.
 *
 * @param readFile returns the text of a file, or throws
 * @returns the variables, or a warning if their file can't be read
 */
export function projectVariables(
  env: ProjectEnvironment | undefined,
  readFile: (path: string) => string,
): { readonly variables: Readonly<Record<string, string>>; readonly notice?: string } {
  if (!env) return { variables: {} }
  if ('variables' in env) return env
  try {
    const variables = Object.entries(parseEnv(readFile(env.file))).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    return { variables: Object.fromEntries(variables) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      variables: {},
      notice: `The file of "env", ${env.file}, can't be read: ${reason}. Its variables are missing.`,
    }
  }
}
