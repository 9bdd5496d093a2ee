import { isRecord } from '@hadal/platform/is-record'
import { groupsOf } from '@hadal/platform/operators/needed-operators'
import type { PinnedName } from '@hadal/platform/operators/operator-pins'
import { parseAllDocuments } from 'yaml'
import { PlainError } from '../plain-error.ts'

/** What an operator's manifests contain, for the person who reviews its pin. */
export interface DescribedManifests {
  /** Number of objects by kind, e.g. `Deployment: 3`. */
  readonly kinds: ReadonlyMap<string, number>
  /** Images of all containers, sorted. */
  readonly images: readonly string[]
  /** Images that containers get by an argument or an environment variable, for pods that the operator creates; sorted. */
  readonly passedImages: readonly string[]
  /** Versions in the labels `app.kubernetes.io/version` of Deployments, without a leading `v`, sorted. */
  readonly labelled: readonly string[]
}

interface ManifestObject {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, unknown>> }
  readonly spec?: unknown
}

/**
 * Describes the manifests of an operator.
 *
 * @param source address or path of the manifests, for error messages
 * @throws {PlainError} if a document is not a Kubernetes object, or the manifests are not those of this operator
 */
export function describedManifests(name: PinnedName, text: string, source: string): DescribedManifests {
  const objects = objectsIn(text, source)
  const kinds = new Map<string, number>()
  for (const { kind } of objects) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  for (const group of groupsOf[name]) {
    const defined = objects.some(
      ({ kind, metadata }) => kind === 'CustomResourceDefinition' && metadata.name.endsWith(`.${group}`),
    )
    if (!defined)
      throw new PlainError(
        `${source} contains no CustomResourceDefinition of the group ${group}, so it is not the whole installation of ${name}. Use the project's installation manifest; with "helm template" add --include-crds.`,
      )
  }
  if (!kinds.has('Deployment'))
    throw new PlainError(
      `${source} contains no Deployment, so it does not install ${name}. Use the project's installation manifest.`,
    )
  const workloads = objects.filter(({ kind }) => kind !== 'CustomResourceDefinition')
  const labels = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => metadata.labels?.['app.kubernetes.io/version'])
    .filter((label) => typeof label === 'string')
  return {
    kinds: new Map([...kinds].sort(([a], [b]) => a.localeCompare(b, 'en'))),
    images: [...new Set(workloads.flatMap(({ spec }) => imagesIn(spec)))].sort(),
    passedImages: [...new Set(workloads.flatMap(({ spec }) => containersIn(spec)).flatMap(passedTo))].sort(),
    labelled: [...new Set(labels.map((label) => label.replace(/^v/, '')))].sort(),
  }
}

function objectsIn(text: string, source: string): ManifestObject[] {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) throw new PlainError(`${source} contains no Kubernetes objects. Check the address.`)
  const objects = documents.flatMap((document) => {
    const [problem] = document.errors
    if (problem)
      throw new PlainError(
        `${source} is not valid YAML: ${problem.message.split('\n')[0]} Check that the file is complete.`,
      )
    const object: unknown = document.toJS()
    if (object === null) return []
    if (!isManifestObject(object))
      throw new PlainError(
        `${source} contains a document that is not a Kubernetes object with apiVersion, kind and name. Check the address.`,
      )
    return [object]
  })
  if (objects.length === 0) throw new PlainError(`${source} contains no Kubernetes objects. Check the address.`)
  return objects
}

function isManifestObject(value: unknown): value is ManifestObject {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false
  return isRecord(value.metadata) && typeof value.metadata.name === 'string'
}

/** Containers at any depth of a workload's spec. */
function containersIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(containersIn)
  if (!isRecord(value)) return []
  const own = ['containers', 'initContainers'].flatMap((field) => listOf(value[field]).filter(isRecord))
  return [...own, ...Object.values(value).flatMap(containersIn)]
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const imagesIn = (spec: unknown): string[] =>
  containersIn(spec).flatMap(({ image }) => (typeof image === 'string' ? [image] : []))

const imageReference = /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/

function passedTo({ args, command, env }: Readonly<Record<string, unknown>>): string[] {
  const values = listOf(env).map((variable) => (isRecord(variable) ? variable.value : undefined))
  const options = [...listOf(args), ...listOf(command)].map((option) =>
    typeof option === 'string' ? option.replace(/^--[\w-]+=/, '') : undefined,
  )
  return [...values, ...options]
    .filter((text) => typeof text === 'string')
    .filter((text) => imageReference.test(text) && /[:@]/.test(text.slice(text.lastIndexOf('/'))))
}
