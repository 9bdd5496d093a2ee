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
    return [`${kind} ${metadata.name}`, withoutBooks(await cluster.get(kindOf(object), metadata.name, namespace))]
  })
  return Object.fromEntries(await Promise.all(live))
}

interface Live extends KubernetesObject {
  readonly status?: unknown
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
