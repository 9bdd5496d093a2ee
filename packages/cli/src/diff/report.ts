import type { ComparedEnvironment } from './compared.ts'
import type { FoundDanger } from './find-dangers.ts'

/** Result of `hadal diff`, from which the Markdown and JSON reports are written. */
export interface Report {
  /** The base revision of `hadal diff` as given by the user. */
  readonly base: string
  /** The base commit from which `hadal diff` read the manifests. */
  readonly commit: string
  readonly environments: readonly (ComparedEnvironment & { readonly dangers: readonly FoundDanger[] })[]
}
