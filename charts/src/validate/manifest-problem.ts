import type { RenderedObject } from '../rendered-object.ts'

/** A problem of one rendered object. */
export interface ManifestProblem {
  readonly environment: string
  readonly component: string
  /** Below `environments/<env>/`: `manifests/agent/Deployment.deep-agents.yaml`. */
  readonly file: string
  /** Path inside the object: `spec.template.spec.containers[0].image`. Empty for the whole object. */
  readonly field: string
  /** The value and why it is wrong: a sentence with its full stop. */
  readonly problem: string
  /** What to do: a sentence with its full stop. */
  readonly mend: string
  /** The file to change, from the repository's root. */
  readonly chartFile: string
}

/** A problem that a rule found; the caller adds the environment and the files. */
export interface Finding {
  readonly rendered: RenderedObject
  readonly field: string
  readonly problem: string
  readonly mend: string
}

/** The problem as one sentence: field, problem, what to do, and the chart's file. */
export function manifestProblemSentence(found: ManifestProblem): string {
  const where = [`environments/${found.environment}/${found.file}`, found.field].filter(Boolean).join(': ')
  return `${where}: ${found.problem} ${found.mend} (rendered by ${found.chartFile})`
}
