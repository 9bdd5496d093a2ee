import { ContainerVariables, SECRET_VARIABLES } from './container-variables.ts'
import { databaseTlsProblems } from './database-tls-problems.ts'
import { readSecretVariable } from './read-secret-variable.ts'
import { resolveVariableAliases } from './resolve-variable-aliases.ts'

/** Error with all problems of a process's environment variables. The message has one line per problem. */
export class ContainerVariablesError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The environment variables are invalid:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.name = 'ContainerVariablesError'
    this.problems = problems
  }
}

const isSecret = (name: string): boolean => SECRET_VARIABLES.some((secret) => secret === name)

/**
 * Parses the environment variables of a process. For a secret, the trimmed content of the file that `NAME_FILE` names takes precedence over
 * `NAME`. A variable with an empty value counts as not set. The guide's names for variables are aliases of the server's.
 *
 * @param given values of the environment variables, by name
 * @param readFile returns the text of a file, or throws
 * @throws {ContainerVariablesError} with all problems at once; none contains a secret's value
 */
export function parseContainerVariables(
  given: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): ContainerVariables {
  const { variables: written, problems: problemsOfAliases } = resolveVariableAliases(given, readFile)
  const problems: string[] = [...problemsOfAliases]
  const broken = new Set<string>()
  const values: Record<string, string> = {}
  for (const name of Object.keys(ContainerVariables.shape)) {
    const value = written[name]
    if (value) values[name] = value
  }
  for (const name of SECRET_VARIABLES) {
    delete values[name]
    const { value, problem } = readSecretVariable(name, written, readFile)
    if (value !== undefined) values[name] = value
    if (problem === undefined) continue
    problems.push(problem)
    broken.add(name)
  }
  const parsed = ContainerVariables.safeParse(values)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    if (broken.has(name)) continue
    const value = values[name]
    if (value === undefined) {
      problems.push(
        `${name} is not set. ${isSecret(name) ? `Set ${name}_FILE to a file's path, or ${name}.` : 'Set it.'}`,
      )
    } else {
      const shown = isSecret(name) ? '(hidden)' : `"${value}"`
      problems.push(`${name} = ${shown}: ${issue.message}. Change it.`)
    }
  }
  if (parsed.success && parsed.data.DRAIN_SERVE_SECONDS > parsed.data.DRAIN_SECONDS) {
    problems.push(
      `DRAIN_SERVE_SECONDS = "${parsed.data.DRAIN_SERVE_SECONDS}": Must be at most DRAIN_SECONDS (${parsed.data.DRAIN_SECONDS}). Lower it, or raise DRAIN_SECONDS.`,
    )
  }
  if (parsed.success) problems.push(...databaseTlsProblems(parsed.data))
  if (parsed.data?.REDIS_TLS === 'verify' && parsed.data.REDIS_URL?.startsWith('redis:'))
    problems.push(
      'REDIS_URL begins with redis://, but REDIS_TLS is "verify". Use rediss://, or set REDIS_TLS to "off".',
    )
  if (!parsed.success || problems.length > 0) throw new ContainerVariablesError(problems)
  return parsed.data
}
