import type { RenderedObject } from '../rendered-object.ts'
import type { Finding } from './manifest-problem.ts'

/** What the rules look at: one environment's objects, and the little that they must know of the environment itself. */
export interface Subject {
  readonly namespace: string
  /** Where Argo CD reads its Applications. */
  readonly argocdNamespace: string
  /** The folder of its manifests, from the repository's root. */
  readonly manifests: string
  readonly objects: readonly RenderedObject[]
  /** Secrets that exist without a rendered object that makes them, with their keys. */
  readonly givenSecrets: ReadonlyMap<string, ReadonlySet<string>>
}

/** Looks at everything at once, since most of what can be wrong is wrong between two objects. Finds all there is. */
export type Rule = (subject: Subject) => Finding[]

export const ofKind = ({ objects }: Pick<Subject, 'objects'>, ...kinds: string[]): RenderedObject[] =>
  objects.filter(({ kind }) => kinds.includes(kind))

/** `Deployment deep-agents`, as the sentences name an object. */
export const title = ({ kind, name }: Pick<RenderedObject, 'kind' | 'name'>): string => `${kind} ${name}`

/** A choice of names for a sentence: `a, b`; or that there is none. */
export const choices = (names: Iterable<string>): string => [...new Set(names)].sort().join(', ') || 'none'
