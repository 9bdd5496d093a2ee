import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { AgentsDescription } from '@hadal/platform/agents-description'
import type { Environment } from '@hadal/platform/environment'

/** What an item looks at. Nothing else decides its answer: not the network, not the clock, not the cluster. */
export interface Subject {
  readonly environment: Environment
  /** As rendered, which is as committed wherever the report doesn't say otherwise. */
  readonly objects: readonly RenderedObject[]
  readonly agents: AgentsDescription
  /** Texts of the files that an item may cite, by path from the repository's root: configuration, documents, tests. */
  readonly files: ReadonlyMap<string, string>
}

/** Where it can be seen that something holds. */
export interface Evidence {
  /** What stands there: a few words. */
  readonly says: string
  /** `Deployment deep-agents`, where it is a Kubernetes object. */
  readonly object?: string
  /** From the repository's root. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** What keeps an item from holding. */
export interface Missing {
  /** A sentence with its full stop. */
  readonly problem: string
  /** What to do: a sentence with its full stop. */
  readonly mend: string
  /** Where it is mended, or seen, if there is such a place already. */
  readonly file?: string
  readonly line?: number
}

/** An item holds when nothing is missing. */
export interface Answer {
  readonly evidence: readonly Evidence[]
  readonly missing: readonly Missing[]
  /** What a reader should know although the item holds: sentences. */
  readonly notes: readonly string[]
}

export const groups = ['required', 'recommended', 'document'] as const
export type Group = (typeof groups)[number]

/** One line of the production guide's checklist. */
export interface ChecklistItem {
  /** Stable, for programs that read the report. */
  readonly id: string
  /** At most 26 characters: the table's column. */
  readonly title: string
  readonly group: Group
  readonly answer: (subject: Subject) => Answer
}

/** Adds answers up: an item of several parts holds when all of them do. */
export const together = (...parts: readonly Partial<Answer>[]): Answer => ({
  evidence: parts.flatMap(({ evidence = [] }) => evidence),
  missing: parts.flatMap(({ missing = [] }) => missing),
  notes: parts.flatMap(({ notes = [] }) => notes),
})
