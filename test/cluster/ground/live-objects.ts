import type { RenderedObject } from '@hadal/charts/rendered-object'
import { type Cluster, type KubernetesObject, kindOf } from './cluster.ts'

/**
 * What the cluster holds of these manifests, as far as a sync could change it: everything but `status` and the API server's own books.
 * Hooks are left out, since each sync makes them anew.
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

/** Whether an autoscaler decides the number of an object's pods: its manifest then names none. */
const scaled = (manifest: object): boolean =>
  'kind' in manifest &&
  manifest.kind === 'Deployment' &&
  'spec' in manifest &&
  typeof manifest.spec === 'object' &&
  manifest.spec !== null &&
  !('replicas' in manifest.spec)

/** The object without the number of its pods, and without the generation, which rises with that number. */
function withoutReplicas(object: Live | undefined): Live | undefined {
  if (!object?.spec) return object
  const { replicas: _, ...spec } = object.spec
  const { generation: __, ...metadata } = object.metadata
  return { ...object, metadata, spec }
}

/** An object without `status` and without what the API server itself keeps of it. */
export function withoutBooks(object: Live | undefined): unknown {
  if (!object) return undefined
  const { status, ...rest } = object
  const metadata: Record<string, unknown> = { ...object.metadata }
  delete metadata.managedFields
  // A controller that writes a status moves it too; where nobody does, it must stand still.
  if (status !== undefined) delete metadata.resourceVersion
  return { ...rest, metadata }
}
