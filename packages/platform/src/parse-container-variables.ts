import { ContainerVariables, SECRET_VARIABLES } from './container-variables.ts'
import { databaseTlsProblems } from './database-tls-problems.ts'
import { readSecretVariable } from './read-secret-variable.ts'

/** Every problem of a process's variables, as one message with a line for each. */
export class ContainerVariablesError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The process's variables can't be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.name = 'ContainerVariablesError'
    this.problems = problems
  }
}

const isSecret = (name: string): boolean => SECRET_VARIABLES.some((secret) => secret === name)

/**
 * Reads the variables of a process. For a secret, the content of the file that `NAME_FILE` names, trimmed, comes before `NAME`. A variable
 * whose value is empty counts as absent.
 *
 * @param written what the process was given, by name
 * @param readFile gives a file's text, or throws
 * @throws {ContainerVariablesError} with all problems at once; a secret's value is in none of them
 */
export function parseContainerVariables(
  written: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): ContainerVariables {
  const problems: string[] = []
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
      const shown = isSecret(name) ? 'a value that is not shown here' : `"${value}"`
      problems.push(`${name} = ${shown}: ${issue.message}. Change it.`)
    }
  }
  if (parsed.success && parsed.data.DRAIN_SERVE_SECONDS > parsed.data.DRAIN_SECONDS) {
    problems.push(
      `DRAIN_SERVE_SECONDS = "${parsed.data.DRAIN_SERVE_SECONDS}": Allowed is at most DRAIN_SECONDS, which is ${parsed.data.DRAIN_SECONDS}. Lower it, or raise DRAIN_SECONDS.`,
    )
  }
  if (parsed.success) problems.push(...databaseTlsProblems(parsed.data))
  if (parsed.data?.REDIS_TLS === 'verify' && parsed.data.REDIS_URL?.startsWith('redis:'))
    problems.push('REDIS_URL begins with redis://, and REDIS_TLS is "verify". Write rediss:// there.')
  if (!parsed.success || problems.length > 0) throw new ContainerVariablesError(problems)
  return parsed.data
}
