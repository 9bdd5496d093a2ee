import { inspect } from 'node:util'

/** One thing that is wrong with an environment, in the parts of its sentence. */
export interface Problem {
  /** The file of the fault, from the repository's root, where it is known. */
  readonly file?: string
  /** The field, from the environment down: `agent.all.autoscaling.max`. Empty: the file as a whole. */
  readonly path: string
  /** What stands there; absent where nothing does, or where it is better not shown. */
  readonly value?: unknown
  /** What is allowed, or what is wrong: a sentence with its full stop. */
  readonly allowed: string
  /** What to do: a sentence with its full stop. */
  readonly remedy: string
}

/** As one writes it in the file, on one line, shortened. */
const valueText = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value)
    : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 5, maxStringLength: 100 })

/** The problem as a person reads it: the file, the field, the value, what is allowed and what to do. */
export function problemSentence({ file, path, value, allowed, remedy }: Problem): string {
  const shown = [path, value === undefined ? '' : valueText(value)].filter(Boolean).join(' = ')
  return [file, shown, `${allowed} ${remedy}`].filter(Boolean).join(': ')
}

/** Every problem of one or more environments, at once. `message` is all their sentences, a line each. */
export class EnvironmentProblems extends Error {
  readonly problems: readonly Problem[]
  constructor(title: string, problems: readonly Problem[]) {
    super(`${title}\n${problems.map((problem) => `- ${problemSentence(problem)}`).join('\n')}`)
    this.name = 'EnvironmentProblems'
    this.problems = problems
  }
}
