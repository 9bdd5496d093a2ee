import type { RenderedObject } from '../rendered-object.ts'
import type { Finding } from './manifest-problem.ts'

/** Input of the validation rules: the objects of an environment, and the fields of the environment that rules need. */
export interface Subject {
  readonly namespace: string
  /** Namespace of Argo CD's Applications. */
  readonly argocdNamespace: string
  /** Path of the folder with the manifests, relative to the repository's root. */
  readonly manifests: string
  readonly objects: readonly RenderedObject[]
  /** Secrets that no rendered object creates, with their keys. */
  readonly givenSecrets: ReadonlyMap<string, ReadonlySet<string>>
}

/** A validation rule: returns every problem of all objects together, because most problems are between two objects. */
export type Rule = (subject: Subject) => Finding[]

export const ofKind = ({ objects }: Pick<Subject, 'objects'>, ...kinds: string[]): RenderedObject[] =>
  objects.filter(({ kind }) => kinds.includes(kind))

/** Name of an object in errors: `Deployment deep-agents`. */
export const title = ({ kind, name }: Pick<RenderedObject, 'kind' | 'name'>): string => `${kind} ${name}`

/** Formats a list of names for an error: `a, b`, or a text that there are none. */
export const choices = (names: Iterable<string>): string => [...new Set(names)].sort().join(', ') || 'none'
