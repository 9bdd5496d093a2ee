import type { RenderedObject } from '@hadal/charts/rendered-object'
import { type Cluster, type KubernetesObject, kindOf } from './cluster.ts'

/**
 * Returns the live objects of these manifests without the fields that a sync doesn't change: `status`, and metadata that the API server
 * maintains. Hooks are left out, because each sync recreates them.
 */
export async function liveObjects(
  cluster: Cluster,
  namespace: string,
  objects: readonly RenderedObject[],
): Promise<Record<string, unknown>> {
  const kept = objects.filter(({ object }) => object.metadata.annotations?.['argocd.argoproj.io/hook'] === undefined)
  const live = kept.map(async ({ object }): Promise<[string, unknown]> => {
    const { kind, metadata } = object
    const found = await cluster.get<Live>(kindOf(object), metadata.name, namespace)
    return [`${kind} ${metadata.name}`, withoutBooks(scaled(object) ? withoutReplicas(found) : found)]
  })
  return Object.fromEntries(await Promise.all(live))
}

interface Live extends KubernetesObject {
  readonly status?: unknown
  readonly spec?: Readonly<Record<string, unknown>>
}

/** Whether an autoscaler sets an object's number of replicas: its manifest then has no `replicas`. */
const scaled = (manifest: object): boolean =>
  'kind' in manifest &&
  manifest.kind === 'Deployment' &&
  'spec' in manifest &&
  typeof manifest.spec === 'object' &&
  manifest.spec !== null &&
  !('replicas' in manifest.spec)

/** Returns an object without `replicas`, and without `generation`, which increases with it. */
function withoutReplicas(object: Live | undefined): Live | undefined {
  if (!object?.spec) return object
  const { replicas: _, ...spec } = object.spec
  const { generation: __, ...metadata } = object.metadata
  return { ...object, metadata, spec }
}

/** Returns an object without `status` and without the metadata that the API server maintains. */
export function withoutBooks(object: Live | undefined): unknown {
  if (!object) return undefined
  const { status, ...rest } = object
  const metadata: Record<string, unknown> = { ...object.metadata }
  delete metadata.managedFields
  // A controller that writes a status changes the resourceVersion. Without a status, it must not change.
  if (status !== undefined) delete metadata.resourceVersion
  return { ...rest, metadata }
}
