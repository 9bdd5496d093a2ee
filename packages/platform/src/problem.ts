import { inspect } from 'node:util'

/** One problem of an environment's configuration, as the parts of an error message. */
export interface Problem {
  /** File with the problem, relative to the repository's root, if known. */
  readonly file?: string
  /** Path of the invalid field, e.g. `agent.all.autoscaling.max`. Empty if the problem concerns the whole file. */
  readonly path: string
  /** Value of the invalid field. Undefined if the field is missing or its value may be a secret. */
  readonly value?: unknown
  /** Which values of the field are allowed, or what is wrong with it: a sentence with a full stop. */
  readonly allowed: string
  /** How to fix the problem of the configuration: a sentence with a full stop. */
  readonly remedy: string
}

/** A value in TypeScript notation, on one line and shortened. */
const valueText = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)
    : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 5, maxStringLength: 100 })

/** Formats a problem of a configuration as an error message: file, field, value, allowed values and fix. */
export function problemSentence({ file, path, value, allowed, remedy }: Problem): string {
  const shown = [path, value === undefined ? '' : valueText(value)].filter(Boolean).join(' = ')
  return [file, shown, `${allowed} ${remedy}`].filter(Boolean).join(': ')
}

/** Error with all problems of one or more environments. The message has one line per problem. */
export class EnvironmentProblems extends Error {
  readonly problems: readonly Problem[]
  constructor(title: string, problems: readonly Problem[]) {
    super(`${title}\n${problems.map((problem) => `- ${problemSentence(problem)}`).join('\n')}`)
    this.name = 'EnvironmentProblems'
    this.problems = problems
  }
}
