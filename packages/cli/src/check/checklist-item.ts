import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { AgentsDescription } from '@hadal/platform/agents-description'
import type { Environment } from '@hadal/platform/environment'

/** Input of a checklist item. The answer depends on nothing else: not on the network, the clock or the cluster. */
export interface Subject {
  readonly environment: Environment
  /** The rendered objects of the environment. They equal the committed manifests unless the report lists differences. */
  readonly objects: readonly RenderedObject[]
  readonly agents: AgentsDescription
  /** Texts of files that an item may cite, by path relative to the repository's root: configuration, documents, tests. */
  readonly files: ReadonlyMap<string, string>
}

/** Evidence for an item: a place in a file that shows that the item holds. */
export interface Evidence {
  /** What a piece of checklist evidence shows, in a few words. */
  readonly says: string
  /** Kind and name of the Kubernetes object, if the place is in one, e.g. `Deployment deep-agents`. */
  readonly object?: string
  /** Path of the file with the evidence, relative to the repository's root. */
  readonly file: string
  /** Number of the line with the evidence, starting at 1. */
  readonly line: number
}

/** One reason why a checklist item does not hold. */
export interface Missing {
  /** What is wrong with a checklist item: a sentence with a full stop. */
  readonly problem: string
  /** How to fix a problem of a checklist item: a sentence with a full stop. */
  readonly mend: string
  /** File in which the problem of a checklist item is visible or can be fixed, if it exists. */
  readonly file?: string
  readonly line?: number
}

/** Answer of a checklist item. The item holds if `missing` is empty. */
export interface Answer {
  readonly evidence: readonly Evidence[]
  readonly missing: readonly Missing[]
  /** Remarks for the reader that don't affect whether the checklist item holds: sentences. */
  readonly notes: readonly string[]
}

export const groups = ['required', 'recommended', 'document'] as const
export type Group = (typeof groups)[number]

/** One item of the production guide's checklist, with the function that answers it. */
export interface ChecklistItem {
  /** Identifier of a checklist item, for programs that read the report. It never changes. */
  readonly id: string
  /** Title of a checklist item, at most 26 characters: the width of the table's column. */
  readonly title: string
  readonly group: Group
  readonly answer: (subject: Subject) => Answer
}

/** Combines answers: an item with several parts holds if all parts hold. */
export const together = (...parts: readonly Partial<Answer>[]): Answer => ({
  evidence: parts.flatMap(({ evidence = [] }) => evidence),
  missing: parts.flatMap(({ missing = [] }) => missing),
  notes: parts.flatMap(({ notes = [] }) => notes),
})
