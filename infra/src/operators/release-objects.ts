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

/** Replaces the namespace of an object and of a binding's subjects. Other fields of these releases contain no namespace. */
function moved(object: KubernetesObject, from: string, to: string): KubernetesObject {
  const { metadata, subjects } = object
  const place = ofTheCluster.has(object.kind) ? undefined : (metadata.namespace ?? from)
  return {
    ...object,
    ...(place !== undefined && { metadata: { ...metadata, namespace: place === from ? to : place } }),
    ...(Array.isArray(subjects) && {
      subjects: subjects.map((subject: object) =>
        'namespace' in subject && subject.namespace === from ? { ...subject, namespace: to } : subject,
      ),
    }),
  }
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
