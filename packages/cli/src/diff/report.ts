import type { ComparedEnvironment } from './compared.ts'
import type { FoundDanger } from './find-dangers.ts'

/** Everything that `hadal diff` found out, before it is written as Markdown or JSON. */
export interface Report {
  /** The revision as it was named. */
  readonly base: string
  /** The commit that its manifests were read from. */
  readonly commit: string
  readonly environments: readonly (ComparedEnvironment & { readonly dangers: readonly FoundDanger[] })[]
}
