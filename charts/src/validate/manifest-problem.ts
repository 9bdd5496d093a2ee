import type { RenderedObject } from '../rendered-object.ts'

/** One thing that is wrong with one rendered object, in the parts of its sentence. */
export interface ManifestProblem {
  readonly environment: string
  readonly component: string
  /** Below `environments/<env>/`: `manifests/agent/Deployment.deep-agents.yaml`. */
  readonly file: string
  /** From the object down: `spec.template.spec.containers[0].image`. Empty: the object as a whole. */
  readonly field: string
  /** What stands there and why it is wrong: a sentence with its full stop. */
  readonly problem: string
  /** What to do: a sentence with its full stop. */
  readonly mend: string
  /** The file to change, from the repository's root. */
  readonly chartFile: string
}

/** What a rule finds; whose object it is, the caller knows. */
export interface Finding {
  readonly rendered: RenderedObject
  readonly field: string
  readonly problem: string
  readonly mend: string
}

/** The problem as a person reads it: where, what, what to do, and in which file. */
export function manifestProblemSentence(found: ManifestProblem): string {
  const where = [`environments/${found.environment}/${found.file}`, found.field].filter(Boolean).join(': ')
  return `${where}: ${found.problem} ${found.mend} (rendered by ${found.chartFile})`
}
