import { isRecord } from '@hadal/platform/is-record'
import { parseAllDocuments } from 'yaml'

/** A Kubernetes object in the manifests of a release. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

/** Cluster-scoped kinds in the manifests of releases. */
const ofTheCluster = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PriorityClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
])

/**
 * Parses the manifests of a release and moves the objects to a namespace. The order is kept.
 *
 * @param writtenFor namespace in the manifests. Objects without a namespace count as in this one
 */
export function releaseObjects(text: string, writtenFor: string, namespace: string): KubernetesObject[] {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document) => {
    const [problem] = document.errors
    if (problem) throw new Error(`The manifests of a release are not valid YAML: ${problem.message.split('\n')[0]}`)
    const object: unknown = document.toJS()
    if (object === null) return []
    if (!isKubernetesObject(object))
      throw new Error('A document in the manifests of a release is not a Kubernetes object with a name.')
    return [moved(object, writtenFor, namespace)]
  })
}

/** Replaces the namespace of an object, and everything in it that refers to the namespace of the release. */
function moved(object: KubernetesObject, from: string, to: string): KubernetesObject {
  const { kind, metadata } = object
  const placed = ofTheCluster.has(kind)
    ? object
    : { ...object, metadata: { ...metadata, namespace: metadata.namespace ?? from } }
  if (from === to) return placed
  // The schemas of a CustomResourceDefinition have megabytes and contain no namespace of the release.
  const { spec } = placed
  if (kind === 'CustomResourceDefinition' && isRecord(spec))
    return {
      ...placed,
      spec: { ...spec, ...(isRecord(spec.conversion) && { conversion: referring(spec.conversion, from, to) }) },
    }
  return {
    ...placed,
    ...referring(placed, from, to),
    metadata: { ...placed.metadata, ...referring(placed.metadata, from, to) },
  }
}

/**
 * Returns the fields of an object with another namespace: fields `namespace` (of subjects, and of the Services of webhooks), options such as
 * `--service-namespace=default`, host names of Services, and the annotation of cert-manager that names a Certificate.
 */
function referring(fields: object, from: string, to: string): Readonly<Record<string, unknown>> {
  const changed = (value: unknown, field: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => changed(item, field))
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner, name)]))
    if (typeof value !== 'string') return value
    if (field === 'namespace') return value === from ? to : value
    if (field.startsWith('cert-manager.io/inject-')) return value.replace(new RegExp(`^${from}/`), `${to}/`)
    return (
      value
        .replace(new RegExp(`^(--[\\w-]*namespace=)${from}$`), `$1${to}`)
        // The API server is always in "default".
        .replace(new RegExp(`(?<!\\bkubernetes)\\.${from}\\.svc\\b`, 'g'), `.${to}.svc`)
    )
  }
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, changed(inner, name)]))
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiVersion' in value &&
    typeof value.apiVersion === 'string' &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'metadata' in value &&
    typeof value.metadata === 'object' &&
    value.metadata !== null &&
    'name' in value.metadata &&
    typeof value.metadata.name === 'string'
  )
}
