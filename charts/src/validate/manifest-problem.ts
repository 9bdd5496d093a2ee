import type { RenderedObject } from '../rendered-object.ts'

/** A problem of one rendered object. */
export interface ManifestProblem {
  readonly environment: string
  readonly component: string
  /** Path of the manifest below `environments/<env>/`: `manifests/agent/Deployment.deep-agents.yaml`. */
  readonly file: string
  /** Path of the invalid field in the object: `spec.template.spec.containers[0].image`. Empty for the whole object. */
  readonly field: string
  /** The invalid value and why it is wrong: a sentence with a full stop. */
  readonly problem: string
  /** How to fix the problem: a sentence with a full stop. */
  readonly mend: string
  /** The chart's source file to change, relative to the repository's root. */
  readonly chartFile: string
}

/** A problem that a rule found; the caller adds the environment and the files. */
export interface Finding {
  readonly rendered: RenderedObject
  readonly field: string
  readonly problem: string
  readonly mend: string
}

/** Formats a problem of a manifest: field, problem, fix, and the chart's file. */
export function manifestProblemSentence(found: ManifestProblem): string {
  const where = [`environments/${found.environment}/${found.file}`, found.field].filter(Boolean).join(': ')
  return `${where}: ${found.problem} ${found.mend} (rendered by ${found.chartFile})`
}
